import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProductTable } from '../../../src/storage/product-table.js';
import { tempFolder } from '../../support/sqlite.js';

const folderWith = (text: string): string => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'rxnorm-ingredients.csv'), text);
  return folder;
};

describe('a table of products', () => {
  it('tells the ingredients of a product, and nothing of others', () => {
    const products = readProductTable(folderWith('product,ingredient\n238083,6130\n1,2\n1,3\n'));
    expect(products('238083')).toEqual(['6130']);
    expect(products('1')).toEqual(['2', '3']);
    expect(products('6130')).toBeNull();
  });

  it.each([
    ['is not there', tempFolder],
    ['has no head', () => folderWith('238083,6130\n')],
    ['is empty', () => folderWith('')],
    ['has a line that is none', () => folderWith('product,ingredient\n238083,6130\n238083\n')],
    ['has a line of words', () => folderWith('product,ingredient\nketamine,6130\n')],
  ])('that %s is refused in one line that names it', (_what, folder) => {
    expect(() => readProductTable(folder())).toThrow(/^(?:line \d of )?rxnorm-ingredients\.csv .+$/);
  });
});
