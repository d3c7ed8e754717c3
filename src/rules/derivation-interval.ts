import { exactly, productOf, ratioOf, sumOf, type Interval } from '../values/interval.js';
import type { Derivation, Literal, Product, Ratio, Sum } from './derivation.js';

/** A part of a derivation whose interval comes from facts. */
export type DerivationLeaf = Exclude<Derivation, Literal | Sum | Product | Ratio>;

/** The interval of a derivation, given the interval of each leaf. */
export const intervalOfDerivation = (
  derivation: Derivation,
  intervalOfLeaf: (leaf: DerivationLeaf) => Interval,
): Interval => {
  const of = (part: Derivation): Interval => intervalOfDerivation(part, intervalOfLeaf);
  if ('number' in derivation) return exactly(derivation.number);
  if ('sum' in derivation) return sumOf(derivation.sum.map(of));
  if ('product' in derivation) return productOf(derivation.product.map(of));
  if ('ratio' in derivation) return ratioOf(of(derivation.ratio[0]), of(derivation.ratio[1]));
  return intervalOfLeaf(derivation);
};
