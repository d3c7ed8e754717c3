import type { RuleSetBody } from '../../src/rules/rule-set.js';
import { RANK, type Outcome } from '../../src/screening/decide.js';
import { screen, type Reason, type Screening } from '../../src/screening/screen.js';
import { forIntakes, type Case } from '../support/generate-case.js';
import { drawCriterion, vocabularyOf } from '../support/generate-criteria.js';
import { pick, shuffled, some, type Draw } from '../support/generate-draw.js';
import { ruleOf } from '../support/generate-rule-set.js';
import { law, laws, must } from './law.js';

const INTAKES = 10;

const screened = ({ ruleSet, facts, asOf }: Case): Screening => screen(ruleSet.body, facts, asOf);

const forScreenings = (draw: Draw, check: (said: Screening, one: Case) => void): number => {
  forIntakes(draw, { intakes: INTAKES }, (one) => check(screened(one), one));
  return INTAKES;
};

const setOf = (said: Screening): string =>
  said.missing
    .map(({ fact, couldMake }) => `${fact} ${couldMake}`)
    .toSorted()
    .join();

/** What must not depend on how the rules are arranged. */
const essence = (said: Screening): string => JSON.stringify([said.verdict, said.bounds, setOf(said)]);

/** The same facts under another arrangement of the rules. */
const underRules = ({ ruleSet, facts, asOf }: Case, rules: RuleSetBody['rules']): Screening =>
  screen({ ...ruleSet.body, rules }, facts, asOf);

const worstOf = (said: Screening, truths: readonly string[]): Outcome => {
  const severities = said.findings
    .filter(({ truth }) => truths.includes(truth))
    .map(({ rule }) => rule.severity);
  if (severities.includes('absolute')) return 'ineligible';
  return severities.includes('relative') ? 'review' : 'eligible';
};

const idsOf = (reasons: readonly Reason[]): string => reasons.map(({ rule }) => rule.id).join();

const trueIds = (said: Screening, severity: string): readonly string[] =>
  said.findings
    .filter(({ rule, truth }) => truth === 'true' && rule.severity === severity)
    .map(({ rule }) => rule.id);

laws('the verdict', () => {
  law(
    'is the worst of what is true, where what is unknown could be no worse',
    { seed: 41, runs: 200 },
    (draw) =>
      forScreenings(draw, (said) => {
        const [floor, ceiling] = [worstOf(said, ['true']), worstOf(said, ['true', 'unknown'])];
        const verdict = floor === ceiling ? floor : 'incomplete';
        const got = [said.bounds.floor, said.bounds.ceiling, said.verdict].join();
        must(got === [floor, ceiling, verdict].join(), () => got);
      }),
  );

  law(
    'is eligible only where every absolute and relative rule is known to be false',
    { seed: 42, runs: 200 },
    (draw) =>
      forScreenings(draw, ({ verdict, findings }) => {
        const clear = findings.every(
          ({ rule, truth }) => truth === 'false' || rule.severity === 'precaution',
        );
        must((verdict === 'eligible') === clear, () => verdict);
      }),
  );

  law('has a truth for every rule, the scope first', { seed: 43, runs: 200 }, (draw) =>
    forScreenings(draw, ({ findings }, { ruleSet }) => {
      const ids = ['outside-scope', ...ruleSet.body.rules.map(({ id }) => id)];
      must(findings.map(({ rule }) => rule.id).join() === ids.join(), () => ids.join());
    }),
  );

  law(
    'does not depend on the order of the rules, and neither does what is missing',
    { seed: 44, runs: 200 },
    (draw) =>
      forScreenings(draw, (said, one) => {
        const other = underRules(one, shuffled(draw, one.ruleSet.body.rules));
        must(essence(other) === essence(said), () => `${essence(said)} became ${essence(other)}`);
      }),
  );

  law(
    'does not depend on rules that stand twice, and neither does what is missing',
    { seed: 45, runs: 200 },
    (draw) =>
      forScreenings(draw, (said, one) => {
        const { rules } = one.ruleSet.body;
        const again = some(draw, rules, 50).map((rule) => ({ ...rule, id: `${rule.id}-again` }));
        const other = underRules(one, shuffled(draw, [...rules, ...again]));
        must(essence(other) === essence(said), () => `${essence(said)} became ${essence(other)}`);
      }),
  );

  law(
    'is made no milder by another rule, and by another precaution not changed at all',
    { seed: 46, runs: 200 },
    (draw) =>
      forScreenings(draw, (said, one) => {
        const { facts, rules } = one.ruleSet.body;
        const severity = pick(draw, ['absolute', 'relative', 'precaution'] as const);
        const added = ruleOf('added', severity, drawCriterion(draw, vocabularyOf(facts, []), 2));
        const { bounds } = underRules(one, [...rules, added]);
        const rises =
          RANK[bounds.floor] >= RANK[said.bounds.floor] && RANK[bounds.ceiling] >= RANK[said.bounds.ceiling];
        const same = JSON.stringify(bounds) === JSON.stringify(said.bounds);
        must(severity === 'precaution' ? same : rises, () => `${severity} made it ${JSON.stringify(bounds)}`);
      }),
  );

  law(
    'has for reasons all rules that are true, worst first and then in rule order',
    { seed: 47, runs: 200 },
    (draw) =>
      forScreenings(draw, (said) => {
        const expected = [...trueIds(said, 'absolute'), ...trueIds(said, 'relative')];
        must(idsOf(said.reasons) === expected.join(), () => idsOf(said.reasons));
        must(idsOf(said.precautions) === trueIds(said, 'precaution').join(), () => idsOf(said.precautions));
      }),
  );

  law('names every rule that could not be decided, in rule order', { seed: 48, runs: 200 }, (draw) =>
    forScreenings(draw, ({ undetermined, findings }) => {
      const unknown = findings.filter(({ truth }) => truth === 'unknown').map(({ rule }) => rule.id);
      must(undetermined.join() === unknown.join(), () => undetermined.join());
    }),
  );
});
