import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonValue } from '../../../src/values/json.js';
import { aRuleSet, changed, ruleSetOf } from '../../support/builders.js';

const isArray = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** The same JSON with the keys of every object in the other order. */
const turned = (value: JsonValue): JsonValue => {
  if (isArray(value)) return value.map(turned);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turned(inner)] as const),
  );
};

const fingerprint = (json: JsonValue): string => ruleSetOf(json).sha256;

describe('the fingerprint of a rule set', () => {
  it('is the SHA-256 of its canonical JSON', () => {
    const expected = createHash('sha256')
      .update(canonicalize(aRuleSet()) ?? '')
      .digest('hex');
    expect(fingerprint(aRuleSet())).toBe(expected);
  });

  it('does not see the order of keys', () => {
    const other = turned(aRuleSet());
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(aRuleSet()));
    expect(fingerprint(other)).toBe(fingerprint(aRuleSet()));
  });

  it.each<[string, string, JsonValue]>([
    ['a threshold', '/rules/0/criterion/value', 181],
    ['a comparison', '/rules/0/criterion/compare', '>'],
    ['a severity', '/rules/4/severity', 'precaution'],
    ['a word of an explanation', '/rules/0/explanation', 'Another explanation.'],
    ['a citation', '/rules/0/citations/0/locator', 'page 8'],
    ['a question', '/facts/0/question', 'Are you an adult?'],
    ['a range', '/facts/1/range/max', 131],
    ['the version', '/version', '1.0.1'],
    ['the scope', '/scope/criterion/is', false],
    ['a review date', '/rules/0/lastReviewDate', '2026-01-01'],
    ['a blank', '/title', 'A small  set'],
  ])('sees a change of %s', (_what, pointer, value) => {
    expect(fingerprint(changed(aRuleSet(), pointer, value))).not.toBe(fingerprint(aRuleSet()));
  });

  it('sees the order of rules', () => {
    const { rules } = ruleSetOf(aRuleSet()).body;
    const json = aRuleSet({ rules: [...(aRuleSet().rules as JsonValue[])].reverse() });
    expect(rules.length).toBeGreaterThan(1);
    expect(fingerprint(json)).not.toBe(fingerprint(aRuleSet()));
  });
});
