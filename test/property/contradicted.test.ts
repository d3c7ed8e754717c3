import { testsOf } from '../../src/rules/criterion.js';
import type { BooleanFact, Fact } from '../../src/rules/fact.js';
import type { RuleSet } from '../../src/rules/rule-set.js';
import { screen } from '../../src/screening/screen.js';
import { readUnder } from '../support/generate-case.js';
import { chance, pick, times, type Draw } from '../support/generate-draw.js';
import { hintsOf, type Hints } from '../support/generate-hints.js';
import { drawIntake, type SentIntake } from '../support/generate-intake.js';
import { accepted, drawRuleSetBody } from '../support/generate-rule-set.js';
import { drawWeaker } from '../support/generate-weaker.js';
import { law, laws, must } from './law.js';

const INTAKES = 20;

/** A rule set, and the same one in which an answer to a fact cannot stand where a rule is true. */
type Pair = {
  readonly plain: RuleSet;
  readonly strict: RuleSet;
  readonly hints: Hints;
  readonly fact: string;
  readonly answer: boolean;
  readonly rule: string;
};

const isBoolean = (fact: Fact): fact is BooleanFact => fact.type === 'boolean';

const drawPair = (draw: Draw): Pair | null => {
  const body = drawRuleSetBody(draw);
  const { id: fact } = pick(draw, body.facts.filter(isBoolean));
  const others = body.rules.filter(({ criterion }) => testsOf(criterion).every((test) => test.fact !== fact));
  if (others.length === 0) return null;
  const { id: rule, criterion: when } = pick(draw, others);
  const answer = chance(draw, 50);
  const facts = body.facts.map((one) =>
    one.id === fact && isBoolean(one) ? { ...one, contradictedBy: [{ answer, when }] } : one,
  );
  const strict = accepted({ ...body, facts });
  return { plain: accepted(body), strict, hints: hintsOf(body), fact, answer, rule };
};

/** Draws intakes that say the answer, or whatever else was drawn. */
const forIntakes = (draw: Draw, check: (pair: Pair, sent: SentIntake) => void): number => {
  const pair = drawPair(draw);
  if (pair === null) return 0;
  const sents = times(INTAKES, () => drawIntake(draw, pair.plain.body, pair.hints))
    .map((sent) =>
      chance(draw, 50) ? sent : { ...sent, facts: { ...sent.facts, [pair.fact]: pair.answer } },
    )
    // What was drawn below or above the fact may contradict the answer by itself.
    .filter((sent) => readUnder(pair.plain, sent).issues.length === 0);
  for (const sent of sents) check(pair, sent);
  return sents.length;
};

const truthIn = ({ plain, rule }: Pair, sent: SentIntake): string => {
  const { asOf, read } = readUnder(plain, sent);
  if (asOf === null) return 'no asOf';
  const { findings } = screen(plain.body, read.facts, asOf);
  return findings.find((finding) => finding.rule.id === rule)?.truth ?? 'no rule';
};

laws('an answer that cannot stand beside a criterion', () => {
  law('is refused where that is true, and nowhere else', { seed: 101, runs: 200 }, (draw) =>
    forIntakes(draw, (pair, sent) => {
      if (readUnder(pair.plain, sent).asOf === null) return;
      const truth = truthIn(pair, sent);
      const expected = truth === 'true' && sent.facts[pair.fact] === pair.answer;
      const places = readUnder(pair.strict, sent).issues.map(({ pointer }) => pointer);
      must(
        expected ? places.includes(`/facts/${pair.fact}`) : places.length === 0,
        () => `${pair.rule} is ${truth}: ${JSON.stringify(sent)} gave ${JSON.stringify(places)}`,
      );
    }),
  );

  law('never makes the reader refuse less said where it took more', { seed: 102, runs: 200 }, (draw) =>
    forIntakes(draw, (pair, sent) => {
      if (readUnder(pair.strict, sent).issues.length > 0) return;
      const less = drawWeaker(draw, sent, pair.strict.body, pair.hints);
      const { issues } = readUnder(pair.strict, less);
      must(issues.length === 0, () => `${JSON.stringify(sent)} became ${JSON.stringify(less)}`);
    }),
  );
});
