import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodeOf } from '../values/error-code.js';

/** The file of the table in the folder of terminology. */
const PRODUCTS_FILE = 'rxnorm-ingredients.csv';

const HEADER = 'product,ingredient';

const LINE = /^(\d{1,12}),(\d{1,12})$/;

/** The table of products cannot be used. The message names the file and the line. */
export class ProductTableError extends Error {
  override readonly name = 'ProductTableError';
}

const linesOf = (folder: string): readonly string[] => {
  try {
    return readFileSync(join(folder, PRODUCTS_FILE), 'utf8').split(/\r?\n/);
  } catch (error) {
    throw new ProductTableError(`${PRODUCTS_FILE} cannot be read (${errorCodeOf(error)})`);
  }
};

/**
 * Reads which ingredients (RxNorm) each product (RxNorm) has: a line `product,ingredient` for each of them, under a line with these names. A product of several
 * ingredients has several lines.
 * @throws ProductTableError where the file is not there, or a line is none: half a table would leave medicines out
 */
export const readProductTable = (folder: string): ((product: string) => readonly string[] | null) => {
  const [header = '', ...lines] = linesOf(folder);
  if (header !== HEADER) throw new ProductTableError(`${PRODUCTS_FILE} must begin with the line ${HEADER}`);
  const table = new Map<string, readonly string[]>();
  lines.forEach((line, index) => {
    if (line === '') return;
    const [, product, ingredient] = LINE.exec(line) ?? [];
    if (product === undefined || ingredient === undefined)
      throw new ProductTableError(
        `line ${String(index + 2)} of ${PRODUCTS_FILE} must be two RxNorm codes with a comma between them`,
      );
    table.set(product, [...(table.get(product) ?? []), ingredient]);
  });
  return (product) => table.get(product) ?? null;
};
