import { termsOf, aggregateOf, type Derivation } from '../derivation.js';
import type { Dictionary } from '../dictionary.js';
import { OUTSIDE_SCOPE, type Explained, type Rule } from '../rule.js';
import type { RuleIssue } from '../rule-issue.js';
import { duplicateIds, NONE, ruleIssue, type CheckContext } from './check-context.js';
import { checkCriterion, placedTests } from './check-criterion.js';

const checkCitations = (
  explained: Explained,
  pointer: string,
  { sources }: CheckContext,
): readonly RuleIssue[] => [
  ...explained.citations.flatMap(({ source }, index) =>
    sources.has(source)
      ? NONE
      : [
          ruleIssue(
            `${pointer}/citations/${String(index)}/source`,
            'unknown-source',
            `unknown source \`${source}\`: correct its id, or add it to sources.json`,
          ),
        ],
  ),
  ...(explained.citations.some(({ locator, basis }) => locator !== null || basis === 'to-check')
    ? NONE
    : [
        ruleIssue(
          `${pointer}/citations`,
          'no-locator',
          'no citation says where in its source to look: add a locator, or say `to-check`',
        ),
      ]),
];

const checkNumbersCited = (explained: Explained, pointer: string): readonly RuleIssue[] => {
  const cited = new Set(explained.citations.map(({ source }) => source));
  return placedTests(explained.criterion, `${pointer}/criterion`).flatMap(({ test, pointer: place }) =>
    !('source' in test) || cited.has(test.source)
      ? NONE
      : [
          ruleIssue(
            `${place}/source`,
            'source-not-cited',
            `add \`${test.source}\` to the citations, with its locator`,
          ),
        ],
  );
};

const checkExplained = (
  explained: Explained,
  pointer: string,
  context: CheckContext,
): readonly RuleIssue[] => [
  ...checkCriterion(explained.criterion, { pointer: `${pointer}/criterion`, context }),
  ...checkCitations(explained, pointer, context),
  ...checkNumbersCited(explained, pointer),
];

const sourcesIn = (derivation: Derivation): readonly string[] => {
  if ('fact' in derivation) return [derivation.fact];
  if ('points' in derivation) return [derivation.points.fact];
  const aggregate = aggregateOf(derivation);
  return aggregate === null ? termsOf(derivation).flatMap(sourcesIn) : [aggregate.reading.series];
};

/** Whether a fact, or anything that it is derived from, is about the treatment. A fact that is not there is not. */
const isAboutTreatment = (
  id: string,
  dictionary: Dictionary,
  seen: ReadonlySet<string> = new Set(),
): boolean => {
  const fact = dictionary.facts.get(id);
  if (fact === undefined || seen.has(id)) return false;
  if (fact.about === 'treatment') return true;
  return (
    fact.type === 'derived' &&
    sourcesIn(fact.derive).some((source) => isAboutTreatment(source, dictionary, new Set([...seen, id])))
  );
};

const checkAbsolute = (rule: Rule, pointer: string, { dictionary }: CheckContext): readonly RuleIssue[] =>
  rule.severity !== 'absolute'
    ? NONE
    : placedTests(rule.criterion, `${pointer}/criterion`)
        .filter(({ test }) => isAboutTreatment(test.fact, dictionary))
        .map(({ test, pointer: place }) =>
          ruleIssue(
            place,
            'absolute-over-treatment',
            `\`${test.fact}\` is about the treatment: an absolute rule must decide whatever is planned, so take this out or make it relative`,
          ),
        );

const checkRule = (rule: Rule, index: number, context: CheckContext): readonly RuleIssue[] => {
  const pointer = `/rules/${String(index)}`;
  return [
    ...checkExplained(rule, pointer, context),
    ...checkAbsolute(rule, pointer, context),
    ...(context.body.domains.some(({ id }) => id === rule.domain)
      ? NONE
      : [
          ruleIssue(
            `${pointer}/domain`,
            'unknown-domain',
            `unknown domain \`${rule.domain}\`: correct it, or add its pack`,
          ),
        ]),
    ...(rule.id === OUTSIDE_SCOPE
      ? [ruleIssue(`${pointer}/id`, 'reserved-id', `\`${OUTSIDE_SCOPE}\` is the reason that the scope gives`)]
      : NONE),
  ];
};

/** Checks the scope and the rules. */
export const checkRules = (context: CheckContext): readonly RuleIssue[] => [
  ...duplicateIds(context.body.rules, '/rules'),
  ...duplicateIds(context.body.sources, '/sources'),
  ...duplicateIds(context.body.domains, '/domains'),
  ...checkExplained(context.body.scope, '/scope', context),
  ...context.body.rules.flatMap((rule, index) => checkRule(rule, index, context)),
];
