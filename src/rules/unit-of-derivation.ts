import { aggregateOf, type Derivation } from './derivation.js';
import { factOf, type Dictionary } from './dictionary.js';

/** The unit in which a number that stands for no quantity is counted. */
const ONE = '1';

/**
 * The unit in which a derivation comes out, as a UCUM expression: `(mg)/(kg)` for a ratio of a dose to a weight. A sum has the
 * unit of its first term; that the others have it too is for `rules check`.
 */
export const unitOfDerivation = (derivation: Derivation, dictionary: Dictionary): string => {
  const of = (part: Derivation): string => unitOfDerivation(part, dictionary);
  if ('number' in derivation) return derivation.unit;
  if ('fact' in derivation) return unitOfNumber(derivation.fact, dictionary);
  if ('sum' in derivation) return derivation.sum[0] === undefined ? ONE : of(derivation.sum[0]);
  if ('product' in derivation) return derivation.product.map((part) => `(${of(part)})`).join('.');
  if ('ratio' in derivation) return `(${of(derivation.ratio[0])})/(${of(derivation.ratio[1])})`;
  return unitOfLeaf(derivation, dictionary);
};

const unitOfNumber = (id: string, dictionary: Dictionary): string => {
  const fact = factOf(dictionary, id);
  return fact.type === 'number' || fact.type === 'derived' ? fact.unit : ONE;
};

const unitOfLeaf = (derivation: Derivation, dictionary: Dictionary): string => {
  const series = aggregateOf(derivation);
  if (series === null || series.aggregate === 'count') return ONE;
  const fact = factOf(dictionary, series.reading.series);
  const component = fact.type === 'series' ? fact.components[series.reading.component ?? ''] : undefined;
  return component?.unit ?? ONE;
};
