import { afterAll, describe } from 'vitest';
import { screen } from '../../src/screening/screen.js';
import { law } from '../property/law.js';
import { forIntakes, type Case } from '../support/generate-case.js';
import { drawOtherwiseRead } from '../support/generate-typed.js';
import { naiveScreen } from './naive.js';

const INTAKES_PER_SET = 20;

let pairs = 0;
let differences = 0;

const engineSays = ({ ruleSet, facts, asOf }: Case): object => {
  const { findings, bounds, verdict, missing, alsoUseful } = screen(ruleSet.body, facts, asOf);
  return {
    truths: Object.fromEntries(findings.map(({ rule, truth }) => [rule.id, truth])),
    ...bounds,
    verdict,
    missing: missing.map(({ fact, couldMake, rules }) => ({ fact, couldMake, rules })),
    alsoUseful: alsoUseful.map(({ fact, couldMake, rules }) => ({ fact, couldMake, rules })),
  };
};

const specificationSays = ({ ruleSet, facts, sent }: Case): object => {
  const said = naiveScreen(ruleSet.body, facts, sent.asOf);
  const { truths, floor, ceiling, verdict, missing, alsoUseful } = said;
  return { truths, floor, ceiling, verdict, missing, alsoUseful };
};

const compare = (one: Case): void => {
  pairs += 1;
  const [engine, specification] = [engineSays(one), specificationSays(one)].map((said) =>
    JSON.stringify(said),
  );
  if (engine === specification) return;
  differences += 1;
  throw new Error(`engine        ${String(engine)}\nspecification ${String(specification)}`);
};

describe('the engine and the second evaluator, which was written from the specification alone', () => {
  law('say the same of every generated patient', { seed: 20261122, runs: 2500 }, (draw) => {
    forIntakes(draw, { intakes: INTAKES_PER_SET }, compare);
    return INTAKES_PER_SET;
  });

  law('say the same of facts that other readers make', { seed: 20261123, runs: 150 }, (draw) => {
    forIntakes(draw, { intakes: INTAKES_PER_SET }, (one) => {
      compare({ ...one, facts: drawOtherwiseRead(draw, one.facts) });
    });
    return INTAKES_PER_SET;
  });

  afterAll(() => {
    console.log(`differential: ${String(pairs)} pairs, ${String(differences)} differences`);
  });
});
