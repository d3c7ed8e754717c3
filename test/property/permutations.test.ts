import { canonicalText } from '../../src/log/canonical.js';
import { isJsonObject, type JsonValue } from '../../src/values/json.js';
import { acceptedCase, forIntakes, withCase, type Case } from '../support/generate-case.js';
import { shuffled, withShuffledKeys, type Draw } from '../support/generate-draw.js';
import type { SentIntake } from '../support/generate-intake.js';
import { answerTo } from './answers.js';
import { law, laws, must } from './law.js';

const INTAKES = 10;

type Rearrange = (draw: Draw, sent: SentIntake) => SentIntake;

const forRearranged = (draw: Draw, rearrange: Rearrange): number => {
  forIntakes(draw, { intakes: INTAKES }, (one) => {
    const other = acceptedCase(one.ruleSet, one.hints, rearrange(draw, one.sent));
    withCase(other, () => {
      const [before, after] = [one, other].map((both: Case) => canonicalText(answerTo(both)));
      must(before === after, () => `${String(before)}\nbecame\n${String(after)}`);
    });
  });
  return INTAKES;
};

const isArray = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

/** A value with its readings, or its codes, in another order. */
const shuffledValue = (draw: Draw, value: JsonValue): JsonValue => {
  if (isArray(value)) return shuffled(draw, value);
  return isJsonObject(value) && isArray(value.codes)
    ? { ...value, codes: shuffled(draw, value.codes) }
    : value;
};

const shuffledDeep = (draw: Draw, value: JsonValue): JsonValue => {
  if (isArray(value)) return value.map((item) => shuffledDeep(draw, item));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, shuffledDeep(draw, item)] as const);
  return withShuffledKeys(draw, Object.fromEntries(entries));
};

const withFacts = (sent: SentIntake, change: (value: JsonValue) => JsonValue): SentIntake => ({
  ...sent,
  facts: Object.fromEntries(Object.entries(sent.facts).map(([id, value]) => [id, change(value)] as const)),
});

laws('the answer', () => {
  law('does not depend on the order of the facts', { seed: 71, runs: 200 }, (draw) =>
    forRearranged(draw, (_, sent) => ({ ...sent, facts: withShuffledKeys(draw, sent.facts) })),
  );

  law('does not depend on the order of keys inside an intake or a fact', { seed: 72, runs: 200 }, (draw) =>
    forRearranged(draw, (_, sent) =>
      withShuffledKeys(
        draw,
        withFacts(sent, (value) => shuffledDeep(draw, value)),
      ),
    ),
  );

  law('does not depend on the order of readings or codes', { seed: 73, runs: 200 }, (draw) =>
    forRearranged(draw, (_, sent) => withFacts(sent, (value) => shuffledValue(draw, value))),
  );

  law('does not depend on null, which is to be left out', { seed: 74, runs: 200 }, (draw) =>
    forRearranged(draw, (_, sent) => ({
      ...sent,
      facts: Object.fromEntries(Object.entries(sent.facts).filter(([, value]) => value !== null)),
    })),
  );

  law('is the same when it is asked for again', { seed: 75, runs: 200 }, (draw) =>
    forRearranged(draw, (_, sent) => JSON.parse(JSON.stringify(sent)) as SentIntake),
  );
});
