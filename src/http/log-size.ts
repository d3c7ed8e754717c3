import type { IssueCode } from '../values/issue.js';
import { Problem } from './problem.js';

const SIZE = /^[1-9]\d{0,14}$/;

const POSITION = /^(0|[1-9]\d{0,14})$/;

type Query = Readonly<Record<string, string | undefined>>;

/** That a size or a position of the log is missing in a query, or is none. */
export const badPlace = (name: string, code: IssueCode, detail: string): Problem =>
  new Problem('invalid-query', [{ pointer: `/${name}`, code, detail }]);

/** A size of the log as a query says it; null where it says none. @throws Problem `invalid-query` */
export const sizeIn = (query: Query, name: string): number | null => {
  const text = query[name];
  if (text === undefined) return null;
  if (!SIZE.test(text))
    throw badPlace(name, 'wrong-type', 'must be a size of the log: a whole number from 1');
  return Number(text);
};

/** A position of the log as a query says it; the first one where it says none. @throws Problem `invalid-query` */
export const positionIn = (query: Query, name: string): number => {
  const text = query[name] ?? '0';
  if (!POSITION.test(text))
    throw badPlace(name, 'wrong-type', 'must be a position of the log: a whole number from 0');
  return Number(text);
};
