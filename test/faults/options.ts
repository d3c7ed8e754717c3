import { parseArgs } from 'node:util';
import type { Row } from './row.js';

/** What the programme is asked for. */
export type Options = {
  readonly isNightly: boolean;
  /** The ids of the rows that are wanted; null for all. */
  readonly only: readonly string[] | null;
  readonly seed: number;
};

const SEED = 20_261_127;

/** Reads the arguments of the programme. @throws Error where one is wrong */
export const readOptions = (args: readonly string[]): Options => {
  const { values } = parseArgs({
    args: [...args],
    options: { nightly: { type: 'boolean' }, only: { type: 'string' }, seed: { type: 'string' } },
  });
  const seed = Number(values.seed ?? SEED);
  if (!Number.isSafeInteger(seed)) throw new Error('--seed must be a whole number');
  return { isNightly: values.nightly === true, only: values.only?.split(',') ?? null, seed };
};

/** The rows that are asked for. @throws Error where an id is that of none */
export const rowsAsked = (rows: readonly Row[], { only }: Options): readonly Row[] => {
  if (only === null) return rows;
  const unknown = only.filter((id) => !rows.some((row) => row.id === id));
  if (unknown.length > 0) throw new Error(`--only names no row: ${unknown.join(', ')}`);
  return rows.filter(({ id }) => only.includes(id));
};
