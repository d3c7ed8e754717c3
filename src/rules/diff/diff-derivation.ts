import { aggregateOf, termsOf, type Derivation, type Reading } from '../derivation.js';
import { pointerTo } from '../../values/pointer.js';
import type { Change, Sort } from './change.js';
import { derivationInWords } from './derivation-words.js';
import { diffKeys, numberField, objectField, recordField, valueField, type Fields } from './fields.js';
import type { Both, Place } from './place.js';
import { diffTree, type Language } from './tree.js';

const DERIVATION: Sort = { kind: 'derivation', effect: 'logic' };

const READING: Fields<keyof Reading> = {
  series: valueField('series', DERIVATION),
  component: valueField('component', DERIVATION),
  within: valueField('window', DERIVATION),
  sitting: valueField('length of a sitting', DERIVATION),
  minReadings: numberField('number of readings that it takes', DERIVATION),
};

const POINTS: Fields<'true' | 'false' | 'answers' | 'bands'> = {
  true: numberField('points of a yes', DERIVATION),
  false: numberField('points of a no', DERIVATION),
  answers: recordField('answer', DERIVATION, numberField('points', DERIVATION)),
  bands: valueField('bands', DERIVATION),
};

/** What the derivations that have no parts are made of. Those of one form have the same keys. */
const OWN: Fields = {
  number: numberField('fixed number', DERIVATION),
  unit: valueField('unit of the fixed number', { kind: 'unit', effect: 'logic' }),
  points: objectField('points', DERIVATION, POINTS),
  latest: objectField('latest reading', DERIVATION, READING),
  mean: objectField('mean', DERIVATION, READING),
  highest: objectField('highest reading', DERIVATION, READING),
  count: objectField('count', DERIVATION, READING),
};

const leafFormOf = (derivation: Derivation): string => {
  if ('fact' in derivation) return `fact ${derivation.fact}`;
  if ('points' in derivation) return `points ${derivation.points.fact}`;
  const of = aggregateOf(derivation);
  return of === null ? 'number' : `${of.aggregate} ${of.reading.series} ${of.reading.component ?? ''}`;
};

/** The derivations that have parts, by the key that only they have. */
const LISTS = ['sum', 'product', 'ratio'] as const;

const listOf = (derivation: Derivation): string | undefined => LISTS.find((key) => key in derivation);

const partsIn = ({ pointer, value }: Place<Derivation>): readonly Place<Derivation>[] =>
  termsOf(value).map((part, index) => ({
    pointer: pointerTo(pointerTo(pointer, listOf(value) ?? ''), index),
    value: part,
  }));

const DERIVATIONS: Language<Derivation> = {
  name: 'derivation',
  sort: DERIVATION,
  formOf: (derivation) => listOf(derivation) ?? leafFormOf(derivation),
  likenessOf: () => '',
  partsOf: partsIn,
  diffOwn: (both) => diffKeys(both, OWN),
  inWords: derivationInWords,
};

/** The changes between two derivations, down to single numbers, windows and points. */
export const diffDerivation = (both: Both<Derivation>): readonly Change[] => diffTree(both, DERIVATIONS);
