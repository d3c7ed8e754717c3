import { indexFacts } from '../../src/rules/dictionary.js';
import { boundsOf, type Bounds } from '../../src/screening/decide.js';
import { activeRules, findAll } from '../../src/screening/find.js';
import { screen } from '../../src/screening/screen.js';
import { situationAt } from '../../src/screening/situation.js';
import { formatInstant } from '../../src/values/instant.js';
import { forIntakes, type Case } from '../support/generate-case.js';
import { times, type Draw } from '../support/generate-draw.js';
import { answerTo } from './answers.js';
import { law, laws, must } from './law.js';
import { momentsAfter } from './moments.js';

const INTAKES = 10;
const CENTURY_MS = 3_155_760_000_000;

/** The bounds of the same facts at another moment. Every rule is evaluated anew. */
const boundsAt = ({ ruleSet: { body }, facts, asOf }: Case, epochMs: number): Bounds =>
  boundsOf(findAll(activeRules(body), situationAt(indexFacts(body.facts), facts, { ...asOf, epochMs })));

const textAt = (one: Case, epochMs: number): string => JSON.stringify(boundsAt(one, epochMs));

const untilOf = ({ ruleSet, facts, asOf }: Case): number | null =>
  screen(ruleSet.body, facts, asOf).validUntil?.epochMs ?? null;

type Check = (one: Case, until: number | null) => boolean;

/** Gives the number of cases that a law is about, as its check says of each. */
const forCases = (draw: Draw, check: Check): number => {
  let cases = 0;
  forIntakes(draw, { intakes: INTAKES, timed: 100 }, (one) => {
    cases += check(one, untilOf(one)) ? 1 : 0;
  });
  return cases;
};

const show = (ms: number | null, { asOf }: Case): string =>
  ms === null ? 'never' : formatInstant({ ...asOf, epochMs: ms });

const sameAt = (one: Case, ms: number): void => {
  const [now, then] = [textAt(one, one.asOf.epochMs), textAt(one, ms)];
  must(now === then, () => `${now} became ${then} at ${show(ms, one)}`);
};

/** A moment after one and before another: anywhere, or close to an end. */
const drawBetween = (draw: Draw, from: number, to: number): number => {
  const span = to - from - 1;
  const part = [Math.floor((span * draw(1_000_000)) / 1_000_000), Math.min(span, draw(5)), span - draw(1000)];
  return from + Math.max(0, part[draw(3)] ?? 0);
};

laws('the end of validity', () => {
  law(
    'is the first of all moments at which anything could change that brings other bounds',
    { seed: 81, runs: 300 },
    (draw) =>
      forCases(draw, (one, until) => {
        const now = textAt(one, one.asOf.epochMs);
        const first = momentsAfter(one).find((ms) => textAt(one, ms) !== now) ?? null;
        must(first === until, () => `${show(first, one)}, not ${show(until, one)}`);
        return true;
      }),
  );

  law('lies after asOf, and brings other bounds', { seed: 82, runs: 300 }, (draw) =>
    forCases(draw, (one, until) => {
      if (until === null) return false;
      must(until > one.asOf.epochMs, () => show(until, one));
      must(
        textAt(one, until) !== textAt(one, one.asOf.epochMs),
        () => `nothing happens at ${show(until, one)}`,
      );
      return true;
    }),
  );

  law(
    'has the same bounds at every moment before it, up to the last millisecond',
    { seed: 83, runs: 300 },
    (draw) =>
      forCases(draw, (one, until) => {
        if (until === null) return false;
        sameAt(one, until - 1);
        times(10, () => sameAt(one, drawBetween(draw, one.asOf.epochMs, until)));
        return true;
      }),
  );

  law('is null only where the bounds stay for a century', { seed: 84, runs: 200 }, (draw) =>
    forCases(draw, (one, until) => {
      if (until !== null) return false;
      times(10, () => sameAt(one, one.asOf.epochMs + draw(40 * 86_400) * 1000));
      times(10, () => sameAt(one, drawBetween(draw, one.asOf.epochMs, one.asOf.epochMs + CENTURY_MS)));
      return true;
    }),
  );

  law('is written in the offset of asOf', { seed: 85, runs: 200 }, (draw) =>
    forCases(draw, (one, until) => {
      const written = answerTo(one).validUntil;
      if (until === null || typeof written !== 'string') {
        must(until === written, () => JSON.stringify(written));
        return false;
      }
      must(Date.parse(written) === until, () => written);
      must(written.endsWith(one.sent.asOf.slice(-1)), () => `${written} for ${one.sent.asOf}`);
      return true;
    }),
  );
});
