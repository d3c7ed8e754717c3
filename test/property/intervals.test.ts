import fc from 'fast-check';
import { pointsOfBands } from '../../src/rules/points.js';
import {
  compareInterval,
  exactly,
  meanOf,
  productOf,
  ratioOf,
  round6,
  sumOf,
  type Comparison,
  type Interval,
} from '../../src/values/interval.js';
import { pick, times, type Draw } from '../support/generate-draw.js';
import { law, laws, must } from './law.js';

type Gen = fc.GeneratorValue;

const SPECIAL = [0, -0, 1, -1, 0.5, 1e-6, 5e-7, -5e-7, 1.0000005, 2.5e-6, 160, 1e9, -1e9, 0.1, 0.3] as const;

const doubles = (): fc.Arbitrary<number> => fc.double({ noNaN: true, min: -1e9, max: 1e9 });
const numbers = (): fc.Arbitrary<number> => fc.oneof(doubles(), fc.constantFrom(...SPECIAL));
const fractions = (): fc.Arbitrary<number> => fc.double({ noNaN: true, min: 0, max: 1 });

const drawInterval = (gen: Gen): Interval => {
  const [a, b] = [gen(numbers), gen(numbers)];
  return { low: Math.min(a, b), high: Math.max(a, b) };
};

/** A part of an interval, both ends of which lie inside it; often an end of it, or a single number. */
const drawPart = (draw: Draw, gen: Gen, { low, high }: Interval): Interval => {
  const inside = (): number => Math.min(high, Math.max(low, low + (high - low) * gen(fractions)));
  const [a, b] = [pick(draw, [low, high, inside()]), pick(draw, [low, high, inside()])];
  return draw(2) === 0 ? exactly(a) : { low: Math.min(a, b), high: Math.max(a, b) };
};

const isInside = (part: Interval, whole: Interval): boolean =>
  whole.low <= part.low && part.high <= whole.high;

const show = (value: unknown): string => JSON.stringify(value);

/** That an operation on parts of intervals gives a part of what it gives on the intervals. */
const keepsInside = (parts: readonly Interval[], wholes: readonly Interval[], of: typeof sumOf): void => {
  const [part, whole] = [of(parts), of(wholes)];
  must(part.low <= part.high, () => `${show(parts)} gives ${show(part)}`);
  must(isInside(part, whole), () => `${show(parts)} in ${show(wholes)}: ${show(part)} not in ${show(whole)}`);
};

const COMPARE: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** The nearest multiple of 0.000001 of the exact value of a double, halves away from zero, in whole numbers without rounding. */
const nearest = (value: number): number => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const exponent = Number(bits >> 52n);
  const mantissa = (bits & 0xfffffffffffffn) + (exponent === 0 ? 0n : 1n << 52n);
  const shift = Math.max(exponent, 1) - 1075;
  const [above, below] = shift >= 0 ? [mantissa << BigInt(shift), 1n] : [mantissa, 1n << BigInt(-shift)];
  const micros = (2n * above * 1_000_000n + below) / (2n * below);
  return Math.sign(value) * Number(`${String(micros)}e-6`);
};

laws('with intervals', () => {
  law('a sum of parts lies in the sum of the wholes', { seed: 1, runs: 5000 }, (draw, gen) => {
    const wholes = times(1 + draw(4), () => drawInterval(gen));
    keepsInside(
      wholes.map((whole) => drawPart(draw, gen, whole)),
      wholes,
      sumOf,
    );
    return 1;
  });

  law('a product of parts lies in the product of the wholes', { seed: 2, runs: 5000 }, (draw, gen) => {
    const wholes = times(1 + draw(4), () => drawInterval(gen));
    keepsInside(
      wholes.map((whole) => drawPart(draw, gen, whole)),
      wholes,
      productOf,
    );
    return 1;
  });

  law('a mean of parts lies in the mean of the wholes', { seed: 3, runs: 5000 }, (draw, gen) => {
    const wholes = times(1 + draw(4), () => drawInterval(gen));
    keepsInside(
      wholes.map((whole) => drawPart(draw, gen, whole)),
      wholes,
      meanOf,
    );
    return 1;
  });

  law('a ratio of parts lies in the ratio of the wholes', { seed: 4, runs: 5000 }, (draw, gen) => {
    const { low, high } = drawInterval(gen);
    const wholes = [
      drawInterval(gen),
      { low: Math.abs(low) + 1e-6, high: Math.abs(low) + 1e-6 + (high - low) },
    ];
    const parts = wholes.map((whole) => drawPart(draw, gen, whole));
    keepsInside(parts, wholes, ([above, below]) => ratioOf(above ?? exactly(0), below ?? exactly(1)));
    return 1;
  });

  law(
    'a comparison holds for every number of an interval that it holds for',
    { seed: 5, runs: 5000 },
    (draw, gen) => {
      const whole = drawInterval(gen);
      const op = pick(draw, ['<', '<=', '>', '>='] as const);
      const threshold = pick(draw, [gen(numbers), whole.low, whole.high]);
      const truth = compareInterval(whole, op, threshold);
      const samples = [whole.low, whole.high, drawPart(draw, gen, whole).low];
      const outcomes = new Set(samples.map((value) => String(COMPARE[op](value, threshold))));
      const expected = truth === 'unknown' ? outcomes.size === 2 : outcomes.size === 1 && outcomes.has(truth);
      must(expected, () => `${show(whole)} ${op} ${threshold} is ${truth}`);
      return 1;
    },
  );

  law(
    'the points of a number lie in those of an interval around it',
    { seed: 6, runs: 5000 },
    (draw, gen) => {
      const bounds = [...new Set(times(1 + draw(4), () => gen(numbers)))].toSorted((a, b) => a - b);
      const later = bounds.flatMap((bound, index) => [
        { from: bound, points: draw(7) - 2 },
        ...(index % 2 === 0 ? [{ above: bound, points: draw(7) - 2 }] : []),
      ]);
      const points = { fact: 'number', bands: [{ points: draw(5) }, ...later] };
      const whole = draw(2) === 0 ? drawInterval(gen) : { low: bounds[0] ?? 0, high: bounds.at(-1) ?? 0 };
      keepsInside([drawPart(draw, gen, whole)], [whole], ([one]) => pointsOfBands(points, one ?? exactly(0)));
      return 1;
    },
  );

  law('rounding keeps order', { seed: 7, runs: 10_000 }, (draw, gen) => {
    const a = gen(numbers);
    const b = draw(2) === 0 ? gen(numbers) : a + 1e-7 * draw(20);
    must(round6(Math.min(a, b)) <= round6(Math.max(a, b)), () => `${a} and ${b}`);
    return 1;
  });

  law(
    'rounding goes to the nearest millionth of the exact value, halves away from zero',
    { seed: 8, runs: 10_000 },
    (draw, gen) => {
      const value = draw(2) === 0 ? gen(numbers) : (draw(2_000_001) - 1_000_000) / 2 ** (1 + draw(24));
      must(round6(value) === nearest(value), () => `${value}: ${round6(value)}, not ${nearest(value)}`);
      return 1;
    },
  );

  law('rounding twice is rounding once', { seed: 9, runs: 10_000 }, (_, gen) => {
    const value = round6(gen(numbers));
    must(Object.is(round6(value), value), () => String(value));
    return 1;
  });
});
