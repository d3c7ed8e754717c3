import { aggregateOf, type Derivation, type Reading } from '../derivation.js';
import { quantityInWords } from './value-words.js';

const joined = (parts: readonly Derivation[]): string => parts.map(derivationInWords).join('; ');

const readingInWords = ({ series, component, within, sitting, minReadings }: Reading): string =>
  [
    `\`${series}\``,
    ...(component === undefined ? [] : [component]),
    `within ${within}`,
    ...(sitting === undefined ? [] : [`in a sitting of ${sitting}`]),
    ...(minReadings === undefined ? [] : [`from ${String(minReadings)} readings`]),
  ].join(' ');

const leafInWords = (derivation: Derivation): string => {
  if ('fact' in derivation) return `\`${derivation.fact}\``;
  if ('number' in derivation) return quantityInWords(derivation.number, derivation.unit);
  if ('points' in derivation) return `points of \`${derivation.points.fact}\``;
  const of = aggregateOf(derivation);
  return of === null ? '' : `${of.aggregate} of ${readingInWords(of.reading)}`;
};

/** A derivation in words: ``sum of (points of `angina`; points of `route`)``. */
export const derivationInWords = (derivation: Derivation): string => {
  if ('sum' in derivation) return `sum of (${joined(derivation.sum)})`;
  if ('product' in derivation) return `product of (${joined(derivation.product)})`;
  if ('ratio' in derivation) return `ratio of (${joined(derivation.ratio)})`;
  return leafInWords(derivation);
};
