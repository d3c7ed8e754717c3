import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRuleSet } from '../../../src/rules/parse.js';
import { MISTAKES_IN_FACTS } from './mistakes-in-facts.js';
import { MISTAKES_IN_RULES } from './mistakes-in-rules.js';
import { mistakesIn } from './planted-mistakes.js';

const MISTAKES = [...mistakesIn(MISTAKES_IN_RULES), ...mistakesIn(MISTAKES_IN_FACTS)];

/** Codes that only a folder of files can give; test/unit/storage and test/unit/cli plant those. */
const OF_FILES = [
  'not-json',
  'file-missing',
  'file-unexpected',
  'no-cases',
  'reused-id',
  'release-changed',
  'bad-signature',
  'bad-version',
  'unknown-rule',
  'not-covered',
];

/** Every code of the union, as its source says it. */
const codesOfUnion = (): readonly string[] => {
  const text = readFileSync(new URL('../../../src/rules/rule-issue.ts', import.meta.url), 'utf8');
  return [...text.matchAll(/^ {2}\| '([a-z-]+)'/gm)].map(([, code]) => code ?? '');
};

describe('a rule set with one mistake', () => {
  it.each(MISTAKES)('$code: $what', ({ ruleSet, expected }) => {
    const parsed = parseRuleSet(ruleSet);
    const found = parsed.ok ? [] : parsed.issues.map(({ code, pointer }) => `${code} ${pointer}`).toSorted();
    expect(found).toEqual(expected.toSorted());
  });
});

describe('the codes of rule issues', () => {
  it('are read from their source', () => {
    expect(codesOfUnion().length).toBeGreaterThan(25);
  });

  it('each have a planted mistake, so that a new one needs a test', () => {
    const planted = new Set<string>(MISTAKES.map(({ code }) => code));
    expect(codesOfUnion().filter((code) => !planted.has(code) && !OF_FILES.includes(code))).toEqual([]);
  });
});
