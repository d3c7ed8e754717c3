import type { Fact } from '../fact.js';
import type { Explained, Rule } from '../rule.js';
import type { Domain, RuleSetBody, Source } from '../rule-set.js';
import { effectOf, type Change, type Effect } from './change.js';
import { diffEntries, type EntryList, type ListDifference } from './diff-entries.js';
import { factFields } from './fact-fields.js';
import { diffKeys, textField, valueField, type Fields } from './fields.js';
import { explainedFields, ruleFields } from './rule-fields.js';
import { DOMAIN_FIELDS, SOURCE_FIELDS } from './source-fields.js';

/** What changed between two versions of a rule set. */
export type RuleSetDifference = {
  readonly effect: Effect;
  /** What the version says of itself: its name, title and description. */
  readonly heading: readonly Change[];
  readonly scope: readonly Change[];
  readonly rules: ListDifference;
  readonly facts: ListDifference;
  readonly sources: ListDifference;
  readonly domains: ListDifference;
};

type Heading = 'id' | 'version' | 'title' | 'description';

const HEADING: Fields<Heading> = {
  id: valueField('id', { kind: 'name', effect: 'words' }),
  version: valueField('version', { kind: 'name', effect: 'words' }),
  title: textField('title', { kind: 'wording', effect: 'words' }),
  description: textField('description', { kind: 'wording', effect: 'words' }),
};

const RULES: EntryList<Rule> = {
  key: 'rules',
  one: 'rule',
  effect: 'logic',
  inWords: ({ severity, title }) => `${severity}, "${title}"`,
  fields: ruleFields,
};

const FACTS: EntryList<Fact> = {
  key: 'facts',
  one: 'fact',
  effect: 'logic',
  inWords: (fact) => `${fact.type}, "${fact.type === 'derived' ? fact.label : fact.question}"`,
  fields: factFields,
};

const SOURCES: EntryList<Source> = {
  key: 'sources',
  one: 'source',
  effect: 'words',
  inWords: ({ kind, title }) => `${kind}, "${title}"`,
  fields: () => SOURCE_FIELDS,
};

const DOMAINS: EntryList<Domain> = {
  key: 'domains',
  one: 'domain',
  effect: 'words',
  inWords: ({ title }) => `"${title}"`,
  fields: () => DOMAIN_FIELDS,
};

const diffHeading = (from: RuleSetBody, to: RuleSetBody): readonly Change[] =>
  diffKeys(
    { subject: 'rule set', from: { pointer: '', value: from }, to: { pointer: '', value: to } },
    HEADING,
  );

const diffScope = (from: Explained, to: Explained): readonly Change[] =>
  diffKeys(
    { subject: 'scope', from: { pointer: '/scope', value: from }, to: { pointer: '/scope', value: to } },
    explainedFields(from, to),
  );

const changesInList = ({ removed, added, changed }: ListDifference): readonly Change[] =>
  [...removed, ...added, ...changed].flatMap(({ changes }) => changes);

/** Every change of a difference, what matters most first: scope, rules, facts, sources, domains. */
export const changesIn = (difference: Omit<RuleSetDifference, 'effect'>): readonly Change[] => [
  ...difference.heading,
  ...difference.scope,
  ...changesInList(difference.rules),
  ...changesInList(difference.facts),
  ...changesInList(difference.sources),
  ...changesInList(difference.domains),
];

/**
 * The difference of two versions of a rule set. Total on any two versions that passed their checks.
 * INVARIANT: it is empty exactly where both have one fingerprint; where its effect is not `logic`, both give every intake the same verdict,
 * bounds and truth of every rule.
 */
export const diffRuleSets = (from: RuleSetBody, to: RuleSetBody): RuleSetDifference => {
  const parts = {
    heading: diffHeading(from, to),
    scope: diffScope(from.scope, to.scope),
    rules: diffEntries(from.rules, to.rules, RULES),
    facts: diffEntries(from.facts, to.facts, FACTS),
    sources: diffEntries(from.sources, to.sources, SOURCES),
    domains: diffEntries(from.domains, to.domains, DOMAINS),
  };
  return { effect: effectOf(changesIn(parts)), ...parts };
};
