import { naiveScreen } from '../spec/naive.js';
import type { RuleSetBody } from '../../src/rules/rule-set.js';
import type { Missing } from '../../src/screening/missing.js';
import { screen, type Screening } from '../../src/screening/screen.js';
import { drawAnswered } from '../support/generate-answers.js';
import { forIntakes, readUnder, type Case } from '../support/generate-case.js';
import type { Draw } from '../support/generate-draw.js';
import { sentFactsOf } from '../support/generate-intake.js';
import { law, laws, must } from './law.js';

const INTAKES = 10;

const screened = ({ ruleSet, facts, asOf }: Case): Screening => screen(ruleSet.body, facts, asOf);

type Check = (said: Screening, one: Case) => void;

/** Screens intakes, and gives the number of those that a law is about. */
const forScreenings = (
  draw: Draw,
  check: Check,
  isMeant: (said: Screening, one: Case) => boolean = () => true,
): number => {
  let cases = 0;
  forIntakes(draw, { intakes: INTAKES }, (one) => {
    const said = screened(one);
    if (!isMeant(said, one)) return;
    check(said, one);
    cases += 1;
  });
  return cases;
};

const NOTHING = { criterion: { all: [] } };

/** The facts in the residual of a rule by the second evaluator, which is asked about this rule alone. */
const residualOf = (rule: string, { ruleSet: { body }, facts, sent }: Case): readonly string[] => {
  const rules = body.rules.filter(({ id }) => id === rule);
  const alone = { facts: body.facts, rules, scope: rules.length === 0 ? body.scope : NOTHING };
  const { missing, alsoUseful } = naiveScreen(alone, facts, sent.asOf);
  return [...missing, ...alsoUseful].map(({ fact }) => fact);
};

const WORST = ['ineligible', 'review', 'precaution'];

/** The keys by which missing facts are put in order, most important first, as the specification has them. */
const keysOf = ({ couldMake, rules, reason, fact }: Missing, order: readonly string[]): readonly number[] => [
  WORST.indexOf(couldMake),
  -rules.length,
  reason === 'asked-unknown' || reason === 'declined' ? 1 : 0,
  order.indexOf(fact),
];

const inOrder = (missing: readonly Missing[], order: readonly string[]): boolean =>
  missing.every((one, index) => {
    const before = missing[index - 1];
    if (before === undefined) return true;
    const [a, b] = [keysOf(before, order), keysOf(one, order)];
    const first = a.findIndex((key, at) => key !== b[at]);
    return (a[first] ?? 0) < (b[first] ?? 0);
  });

const show = (missing: readonly Missing[]): string => JSON.stringify(missing);

/** Why a fact that is known in part, or that was not sent, can leave something open. */
const REASONS_FOR: Readonly<Record<string, readonly string[]>> = {
  nothing: ['not-asked'],
  codeList: ['incomplete-list'],
  date: ['imprecise'],
  series: ['stale', 'too-few', 'unreadable', 'imprecise', 'conflicting'],
};

const typeOf = (fact: string, body: RuleSetBody): string | undefined =>
  body.facts.find(({ id }) => id === fact)?.type;

/** What the engine says once every missing fact was answered. A contradiction with what was sent before does not matter here. */
const answered = (draw: Draw, one: Case, missing: readonly Missing[]): Case => {
  const sent = drawAnswered(draw, one, missing);
  const { issues, read } = readUnder(one.ruleSet, sent);
  const others = issues.filter((found) => !JSON.stringify(found).includes('"contradiction"'));
  must(others.length === 0, () => `an answer is refused: ${JSON.stringify(others)}`);
  return { ...one, sent, facts: read.facts };
};

laws('what is missing', () => {
  law('is nothing exactly where the verdict is final', { seed: 31, runs: 250 }, (draw) =>
    forScreenings(draw, ({ missing, verdict }) => {
      must((missing.length === 0) === (verdict !== 'incomplete'), () => `${verdict}: ${show(missing)}`);
    }),
  );

  law('is what stands in the residuals of exactly the rules that it names', { seed: 32, runs: 200 }, (draw) =>
    forScreenings(draw, ({ missing, alsoUseful, findings, bounds }, one) => {
      const severer = bounds.floor === 'eligible' ? ['absolute', 'relative'] : ['absolute'];
      const blocking = findings
        .filter(({ rule, truth }) => truth === 'unknown' && severer.includes(rule.severity))
        .filter(() => bounds.floor !== 'ineligible')
        .map(({ rule }) => ({ id: rule.id, residual: residualOf(rule.id, one) }));
      for (const { id } of one.ruleSet.body.facts) {
        const named = missing.find(({ fact }) => fact === id)?.rules ?? [];
        const stands = blocking.filter(({ residual }) => residual.includes(id)).map((rule) => rule.id);
        must(
          named.join() === stands.join(),
          () => `${id} names ${named.join()}, and stands in ${stands.join()}`,
        );
      }
      for (const { fact, rules } of alsoUseful)
        for (const rule of rules)
          must(residualOf(rule, one).includes(fact), () => `${fact} is not in the residual of ${rule}`);
    }),
  );

  law('can be sent', { seed: 33, runs: 200 }, (draw) =>
    forScreenings(draw, ({ missing, alsoUseful }, { ruleSet }) => {
      const sent = sentFactsOf(ruleSet.body).map(({ id }) => id);
      for (const { fact } of [...missing, ...alsoUseful]) must(sent.includes(fact), () => fact);
    }),
  );

  law(
    'stands in the order of the specification, and so does what is also useful',
    { seed: 34, runs: 250 },
    (draw) =>
      forScreenings(draw, ({ missing, alsoUseful }, { ruleSet }) => {
        const order = ruleSet.body.facts.map(({ id }) => id);
        must(inOrder(missing, order), () => show(missing));
        must(inOrder(alsoUseful, order), () => show(alsoUseful));
      }),
  );

  law('is never also useful, and nothing stands twice', { seed: 35, runs: 200 }, (draw) =>
    forScreenings(draw, ({ missing, alsoUseful }) => {
      const all = [...missing, ...alsoUseful].map(({ fact }) => fact);
      must(new Set(all).size === all.length, () => all.join());
    }),
  );

  law(
    'has the reason that was sent, or not asked, or one that fits what is known',
    { seed: 36, runs: 200 },
    (draw) =>
      forScreenings(draw, ({ missing, alsoUseful }, { facts }) => {
        for (const { fact, reason } of [...missing, ...alsoUseful]) {
          const value = facts[fact];
          const fits = value?.kind === 'unknown' ? [value.reason] : REASONS_FOR[value?.kind ?? 'nothing'];
          must(fits?.includes(reason) === true, () => `${fact} is ${JSON.stringify(value)}, and ${reason}`);
        }
      }),
  );

  // Readings that are sent later are no refinement of those before (a count goes up), so this holds where no series is missing. A value
  // of any other type says more than what was known, and then no rule that was decided changes.
  law(
    'is enough: once all of it is answered the verdict is final, where it holds no series',
    { seed: 37, runs: 500 },
    (draw) =>
      forScreenings(
        draw,
        ({ missing }, one) => {
          const next = answered(draw, one, missing);
          const { verdict, missing: left } = screened(next);
          must(
            verdict !== 'incomplete',
            () => `${show(missing)} left ${show(left)} in ${JSON.stringify(next.sent)}`,
          );
        },
        ({ missing }, { ruleSet }) =>
          missing.length > 0 && missing.every(({ fact }) => typeOf(fact, ruleSet.body) !== 'series'),
      ),
  );

  law(
    'comes to an end: answered again and again as its needs say, it leaves a final verdict',
    { seed: 38, runs: 250 },
    (draw) =>
      forScreenings(
        draw,
        (first, start) => {
          let [said, one] = [first, start];
          for (let round = 0; said.missing.length > 0; round += 1) {
            must(round < start.ruleSet.body.facts.length, () => `still ${show(said.missing)}`);
            one = answered(draw, one, said.missing);
            said = screened(one);
          }
          must(said.verdict !== 'incomplete', () => 'nothing is missing, and yet it is incomplete');
        },
        ({ missing }) => missing.length > 0,
      ),
  );
});
