import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import type { Fact } from '../fact.js';
import type { Rule } from '../rule.js';
import type { RuleSetBody } from '../rule-set.js';

/** What facts, options and codes say to a reader, and reading and evaluation do not look at. */
const WORDS: ReadonlySet<string> = new Set([
  'domain',
  'about',
  'question',
  'help',
  'label',
  'display',
  'status',
  'source',
  'neverGated',
]);

/** Lists of which the order means nothing to the reader of an intake. */
const UNORDERED: ReadonlySet<string> = new Set(['options', 'codes']);

const isWord = (value: JsonValue): boolean => typeof value === 'string' || typeof value === 'boolean';

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const textOf = (value: JsonValue): string => JSON.stringify(value);

const byText = (a: JsonValue, b: JsonValue): number => (textOf(a) < textOf(b) ? -1 : 1);

/** A value without its words. Only the words of the house's own keys are dropped: a component or a unit may have any name. */
const withoutWords = (value: JsonValue): JsonValue => {
  if (isList(value)) return value.map(withoutWords);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, child]) => !(WORDS.has(key) && isWord(child)))
      .map(([key, child]) => [key, inOrder(key, withoutWords(child))]),
  );
};

const inOrder = (key: string, value: JsonValue): JsonValue =>
  UNORDERED.has(key) && isList(value) ? value.toSorted(byText) : value;

const asJson = (value: Fact | Rule['criterion']): JsonObject => ({ ...value });

/**
 * What evaluation and reading can see of a rule set: criteria and severities in rule order, and facts in dictionary order without what they say
 * to a reader. Names, texts, citations, sources and dates of review are no part of it.
 */
export const logicOf = ({ scope, facts, rules }: RuleSetBody): JsonObject => ({
  scope: withoutWords(asJson(scope.criterion)),
  facts: facts.map((fact) => withoutWords(asJson(fact))),
  rules: rules.map(({ id, severity, criterion }) => ({
    id,
    severity,
    criterion: withoutWords(asJson(criterion)),
  })),
});
