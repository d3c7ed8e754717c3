import { describe, it } from 'vitest';
import { checkOf, titleOf } from './row.js';
import { TOPICS } from './topics.js';

const tests = TOPICS.flatMap(({ name, rows }) =>
  rows.flatMap((row) => {
    const check = checkOf(row);
    return check === null ? [] : [{ name, title: titleOf(row), check }];
  }),
);

// Each row that has a check is a test, under its numbers and its words: docs/cds-hooks-conformance.md names it so.
describe('the conformance with CDS Hooks', () => {
  for (const { name, title, check } of tests) describe(name, () => it(title, check));
});
