import { RANK } from '../../src/screening/decide.js';
import { screen, type Screening } from '../../src/screening/screen.js';
import { acceptedCase, forIntakes, withCase, type Case } from '../support/generate-case.js';
import { times, type Draw } from '../support/generate-draw.js';
import { drawWeaker } from '../support/generate-weaker.js';
import { law, laws, must } from './law.js';

const INTAKES = 10;
const WEAKER = 2;
const CASES = INTAKES * WEAKER;

type Check = (said: Screening, less: Screening) => void;

const screened = ({ ruleSet, facts, asOf }: Case): Screening => screen(ruleSet.body, facts, asOf);

/** Draws intakes, and for each some that say less; the check sees what the engine says of both. */
const forWeaker = (draw: Draw, check: Check): number => {
  forIntakes(draw, { intakes: INTAKES, timed: 50 }, (one) => {
    const said = screened(one);
    times(WEAKER, () => {
      const { ruleSet, hints } = one;
      const less = acceptedCase(ruleSet, hints, drawWeaker(draw, one.sent, ruleSet.body, hints));
      withCase(less, () => check(said, screened(less)));
    });
  });
  return CASES;
};

const show = ({ verdict, bounds }: Screening): string => `${verdict} ${JSON.stringify(bounds)}`;

laws('an intake made to say less', () => {
  law('has a floor no higher and a ceiling no lower', { seed: 21, runs: 250 }, (draw) =>
    forWeaker(draw, (said, less) => {
      const holds =
        RANK[less.bounds.floor] <= RANK[said.bounds.floor] &&
        RANK[less.bounds.ceiling] >= RANK[said.bounds.ceiling];
      must(holds, () => `${show(said)} became ${show(less)}`);
    }),
  );

  law('has the verdict of the first one wherever its own is final', { seed: 22, runs: 250 }, (draw) =>
    forWeaker(draw, (said, less) => {
      const holds = less.verdict === 'incomplete' || less.verdict === said.verdict;
      must(holds, () => `${show(said)} became ${show(less)}`);
    }),
  );

  law('leaves each rule as it was, or makes it unknown', { seed: 23, runs: 250 }, (draw) =>
    forWeaker(draw, (said, less) => {
      for (const [index, { rule, truth }] of less.findings.entries()) {
        const before = said.findings[index]?.truth;
        must(
          truth === 'unknown' || truth === before,
          () => `${rule.id} was ${String(before)} and is ${truth}`,
        );
      }
    }),
  );
});
