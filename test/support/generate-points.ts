import type { Band, Derivation } from '../../src/rules/derivation.js';
import type { BooleanFact, CodeFact, DerivedFact, SentFact } from '../../src/rules/fact.js';
import { chance, pick, times, type Draw } from './generate-draw.js';
import { scaleOf } from './generate-scales.js';

/** A derivation, and numbers that it may well come to: thresholds are taken from these. */
export type Scored = { readonly derive: Derivation; readonly samples: readonly number[] };

/** A derived fact that is declared already. */
export type NamedTerm = { readonly fact: DerivedFact; readonly samples: readonly number[] };

/** What a derivation may use. */
export type Known = { readonly sent: readonly SentFact[]; readonly derived: readonly NamedTerm[] };

const POINTS = [0, 1, 2, 3, 0.5, -1, 4] as const;

const drawBands = (draw: Draw, thresholds: readonly number[]): readonly Band[] => {
  const bounds = [...new Set(thresholds)].toSorted((a, b) => a - b).slice(0, 1 + draw(4));
  const later = bounds.flatMap((bound): readonly Band[] => {
    const kind = draw(3);
    const [from, above] = [
      { from: bound, points: pick(draw, POINTS) },
      { above: bound, points: pick(draw, POINTS) },
    ];
    return kind === 0 ? [from] : kind === 1 ? [above] : [from, above];
  });
  return [{ points: pick(draw, POINTS) }, ...later];
};

const bandsOver = (draw: Draw, fact: string, samples: readonly number[]): Scored => {
  const bands = drawBands(draw, samples);
  return { derive: { points: { fact, bands } }, samples: bands.map(({ points }) => points) };
};

/** Points of the answer of a boolean or of a code, or of the band of a number, sent or derived. */
export const drawPoints = (draw: Draw, { sent, derived }: Known): Scored => {
  const numbers = [
    ...sent
      .filter((fact) => fact.type === 'number')
      .map((fact) => ({ id: fact.id, samples: scaleOf(fact).values })),
    ...derived.map(({ fact, samples }) => ({ id: fact.id, samples })),
  ];
  if (numbers.length > 0 && chance(draw, 40)) {
    const { id, samples } = pick(draw, numbers);
    return bandsOver(draw, id, samples);
  }
  const codes = sent.filter((fact) => fact.type === 'code');
  const booleans = sent.filter((fact) => fact.type === 'boolean');
  const asked = pick<CodeFact | BooleanFact>(draw, codes.length > 0 && chance(draw, 50) ? codes : booleans);
  const options = asked.type === 'code' ? asked.options.map(({ code }) => code) : ['true', 'false'];
  const points = times(options.length, () => pick(draw, POINTS));
  const answers = Object.fromEntries(options.map((code, index) => [code, points[index] ?? 0]));
  return {
    derive: {
      points:
        asked.type === 'code'
          ? { fact: asked.id, answers }
          : { fact: asked.id, true: points[0] ?? 0, false: points[1] ?? 0 },
    },
    samples: points,
  };
};
