import type { Derivation, Reading } from '../../src/rules/derivation.js';
import { indexFacts } from '../../src/rules/dictionary.js';
import type { DerivedFact, Fact, NumberFact, SentFact, SeriesFact } from '../../src/rules/fact.js';
import { rangeOfDerivation } from '../../src/rules/range-of-derivation.js';
import { chance, pick, times, type Draw } from './generate-draw.js';
import { SITTINGS, WINDOWS } from './generate-durations.js';
import { drawPoints, type Known, type NamedTerm, type Scored } from './generate-points.js';
import { scaleOf } from './generate-scales.js';

type Term = Scored & { readonly unit: string };

type Make = () => Term;
type Ask = { readonly draw: Draw; readonly known: Known; readonly unit: string; readonly depth: number };

const PURE = '1';
const DOSE_BY_WEIGHT = 'mg/kg';

const factsOf = ({ sent, derived }: Known): readonly Fact[] => [...sent, ...derived.map(({ fact }) => fact)];

/** The least value that a derivation can have. */
const leastOf = (derive: Derivation, known: Known): number =>
  rangeOfDerivation(derive, indexFacts(factsOf(known))).low;

const numbersOf = ({ sent }: Known): readonly NumberFact[] => sent.filter((fact) => fact.type === 'number');

const seriesOf = ({ sent }: Known): readonly SeriesFact[] => sent.filter((fact) => fact.type === 'series');

const literalOf = ({ draw, unit }: Ask): Term => {
  const number = pick(draw, [1, 2, 0.5, 3, 0.333333, 0, -1.5, 40]);
  return { derive: { number, unit }, unit, samples: [number] };
};

const factMakers = ({ known, unit }: Ask): readonly Make[] => [
  ...numbersOf(known)
    .filter((fact) => fact.unit === unit)
    .map((fact) => () => ({ derive: { fact: fact.id }, unit, samples: scaleOf(fact).values })),
  ...known.derived
    .filter(({ fact }) => fact.unit === unit)
    .map(({ fact, samples }) => () => ({ derive: { fact: fact.id }, unit, samples })),
];

const drawGroup = (draw: Draw, reading: Reading): Reading => ({
  ...reading,
  ...(chance(draw, 50) ? { sitting: pick(draw, SITTINGS) } : {}),
  ...(reading.component !== undefined && chance(draw, 50) ? { minReadings: 1 + draw(3) } : {}),
});

const drawAggregate = (draw: Draw, series: string, component: string): Derivation => {
  const reading = { series, component, within: pick(draw, WINDOWS) };
  const kind = draw(3);
  if (kind === 0) return { latest: reading };
  return kind === 1 ? { mean: drawGroup(draw, reading) } : { highest: drawGroup(draw, reading) };
};

const seriesMakers = ({ draw, known, unit }: Ask): readonly Make[] =>
  seriesOf(known).flatMap(({ id, components }) => [
    ...Object.entries(components)
      .filter(([, measured]) => measured.unit === unit)
      .map(([name, measured]) => () => ({
        derive: drawAggregate(draw, id, name),
        unit,
        samples: scaleOf(measured).values,
      })),
    ...(unit === PURE
      ? [
          () => ({
            derive: { count: drawGroup(draw, { series: id, within: pick(draw, WINDOWS) }) },
            unit,
            samples: [1, 2, 3],
          }),
        ]
      : []),
  ]);

const pointsMakers = ({ draw, known, unit }: Ask): readonly Make[] =>
  unit === PURE ? [() => ({ ...drawPoints(draw, known), unit })] : [];

/** Some numbers that parts may well come to together. */
const together = (parts: readonly Term[], fold: (a: number, b: number) => number): readonly number[] => {
  const values = times(6, (index) =>
    parts
      .map(({ samples }, nth) => samples[(index * (nth + 1)) % samples.length] ?? 0)
      .reduce((left, right) => fold(left, right)),
  );
  const finite = values.filter(Number.isFinite).map((value) => Math.round(value * 1e6) / 1e6);
  return finite.length === 0 ? [1] : finite;
};

const sumTerm = (ask: Ask): Term => {
  const terms = times(1 + ask.draw(3), () => drawTerm(ask));
  const samples = together(terms, (a, b) => a + b);
  return { derive: { sum: terms.map(({ derive }) => derive) }, unit: ask.unit, samples };
};

const productTerm = (ask: Ask): Term => {
  const others = times(ask.draw(3), () => drawTerm({ ...ask, unit: PURE }));
  const terms = [...others];
  terms.splice(ask.draw(others.length + 1), 0, drawTerm(ask));
  const samples = together(terms, (a, b) => a * b);
  return { derive: { product: terms.map(({ derive }) => derive) }, unit: ask.unit, samples };
};

/** A term that lies above 0 whatever is known: where it does not by itself, a fixed number is added. */
const positiveTerm = (ask: Ask): Term => {
  const term = drawTerm(ask);
  const least = leastOf(term.derive, ask.known);
  if (least > 0) return term;
  const number = 1 - Math.floor(least);
  const samples = term.samples.map((value) => value + number);
  return { derive: { sum: [term.derive, { number, unit: ask.unit }] }, unit: ask.unit, samples };
};

const divisionOf = ({ draw, unit }: Ask): readonly [string, string] => {
  if (unit === DOSE_BY_WEIGHT) return ['mg', 'kg'];
  return unit === PURE ? pick(draw, [['mm[Hg]', 'mm[Hg]'] as const, ['a', 'a'] as const]) : [unit, PURE];
};

const ratioTerm = (ask: Ask): Term => {
  const [above, below] = divisionOf(ask);
  const parts = [drawTerm({ ...ask, unit: above }), positiveTerm({ ...ask, unit: below })] as const;
  const samples = together(parts, (a, b) => a / b);
  return { derive: { ratio: [parts[0].derive, parts[1].derive] }, unit: ask.unit, samples };
};

/** Draws a derivation that comes out in a unit; of depth 0 it is a leaf. */
const drawTerm = (ask: Ask): Term => {
  const leaves = [...factMakers(ask), ...seriesMakers(ask), ...pointsMakers(ask)];
  const deeper = { ...ask, depth: ask.depth - 1 };
  if (ask.depth > 0 && chance(ask.draw, 60)) return pick(ask.draw, [sumTerm, productTerm, ratioTerm])(deeper);
  return leaves.length === 0 || chance(ask.draw, 15) ? literalOf(ask) : pick(ask.draw, leaves)();
};

const unitsIn = (known: Known): readonly string[] => [
  PURE,
  ...numbersOf(known).map(({ unit }) => unit),
  ...seriesOf(known).flatMap(({ components }) => Object.values(components).map(({ unit }) => unit)),
];

const drawDerived = (draw: Draw, known: Known, id: string): NamedTerm => {
  const units = unitsIn(known);
  const byWeight = units.includes('mg') && units.includes('kg') && chance(draw, 50);
  const unit = byWeight ? DOSE_BY_WEIGHT : pick(draw, units);
  const { derive, samples } = drawTerm({ draw, known, unit, depth: draw(3) });
  const fact: DerivedFact = {
    id,
    type: 'derived',
    domain: 'health',
    about: chance(draw, 10) ? 'treatment' : 'patient',
    label: `what follows of ${id}`,
    unit,
    derive,
    source: 'guide',
  };
  return { fact, samples };
};

/** Derived facts over facts that are sent, each of which may use those before it. */
export const drawDerivedFacts = (draw: Draw, sent: readonly SentFact[]): readonly NamedTerm[] =>
  times(draw(5), (index) => `derived${String(index)}`).reduce<readonly NamedTerm[]>(
    (derived, id) => [...derived, drawDerived(draw, { sent, derived }, id)],
    [],
  );
