import {
  aggregateOf,
  termsOf,
  type Aggregate,
  type AggregateOf,
  type Band,
  type Derivation,
  type Points,
  type Reading,
} from '../../rules/derivation.js';
import { factOf, indexFacts } from '../../rules/dictionary.js';
import type { Fact } from '../../rules/fact.js';
import { factLink } from './links.js';
import { nameOfFact } from './criterion-tree.js';
import { tag, tagWith, type Markup } from './markup.js';
import { amountInWords, countInWords, durationInWords } from './plain-words.js';

const listed = (lead: Markup, items: readonly Markup[]): readonly Markup[] => [
  tagWith('span', { className: ['lead'] }, lead),
  tagWith(
    'ul',
    { className: ['tree'] },
    items.map((item) => tag('li', item)),
  ),
];

/** Where a band lies. The first has no bound of its own: it ends where the next one begins. */
const bandInWords = ({ from, above }: Band, next: Band | undefined, unit: string): string => {
  if (from !== undefined) return `from ${amountInWords(from, unit)}`;
  if (above !== undefined) return `above ${amountInWords(above, unit)}`;
  if (next?.from !== undefined) return `below ${amountInWords(next.from, unit)}`;
  return next?.above === undefined ? 'any number' : `up to ${amountInWords(next.above, unit)}`;
};

type PointsGiven = readonly (readonly [answer: string, points: number])[];

const pointsOfBands = (bands: readonly Band[], fact: Fact): PointsGiven => {
  const unit = 'unit' in fact ? fact.unit : '1';
  return bands.map((band, index) => [bandInWords(band, bands[index + 1], unit), band.points]);
};

const pointsGiven = ({ points }: Points, fact: Fact): PointsGiven => {
  if ('bands' in points) return pointsOfBands(points.bands, fact);
  if ('true' in points)
    return [
      ['Yes', points.true],
      ['No', points.false],
    ];
  const labels = new Map('options' in fact ? fact.options.map(({ code, label }) => [code, label]) : []);
  return Object.entries(points.answers).map(([code, given]) => [labels.get(code) ?? code, given]);
};

const factShown = (id: string, facts: readonly Fact[]): readonly Markup[] => [
  nameOfFact(factOf(indexFacts(facts), id)),
  ' ',
  tag('small', factLink(id)),
];

const pointsShown = (derivation: Points, facts: readonly Fact[]): readonly Markup[] => {
  const { fact } = derivation.points;
  return listed(
    ['Points for: ', ...factShown(fact, facts)],
    pointsGiven(derivation, factOf(indexFacts(facts), fact)).map(([answer, points]) => [
      answer,
      ': ',
      tag('strong', countInWords(points, 'point')),
    ]),
  );
};

const TAKEN: Readonly<Record<Aggregate, string>> = {
  latest: 'The latest',
  mean: 'The mean',
  highest: 'The highest',
  count: 'The number of readings',
};

/** Which readings count, a line a limit. */
export const readingLimits = ({ within, sitting, minReadings }: Reading): readonly string[] => [
  `readings less than ${durationInWords(within)} old`,
  ...(sitting === undefined
    ? []
    : [`the latest sitting alone: at most ${durationInWords(sitting)} before the newest reading`]),
  ...(minReadings === undefined
    ? []
    : [`at least ${countInWords(minReadings, 'such reading')}; with fewer it is unknown`]),
];

const aggregateShown = ({ aggregate, reading }: AggregateOf): readonly Markup[] =>
  listed(
    [
      TAKEN[aggregate],
      reading.component === undefined ? '' : ` ${reading.component}`,
      ' in ',
      factLink(reading.series),
      ', of',
    ],
    readingLimits(reading),
  );

const LEADS = { sum: 'The sum of:', product: 'The product of:', ratio: 'The first divided by the second:' };

const leadOf = (derivation: Derivation): string => {
  if ('sum' in derivation) return LEADS.sum;
  return 'product' in derivation ? LEADS.product : LEADS.ratio;
};

/**
 * How a derived number is computed, as an indented tree in plain words. Where its numbers come from, the source of the fact says.
 * @throws Error where it names a fact that the dictionary has not, which no checked rule set does
 */
export const derivationTree = (derivation: Derivation, facts: readonly Fact[]): readonly Markup[] => {
  if ('fact' in derivation) return factShown(derivation.fact, facts);
  if ('number' in derivation) return [tag('strong', amountInWords(derivation.number, derivation.unit))];
  if ('points' in derivation) return pointsShown(derivation, facts);
  const aggregate = aggregateOf(derivation);
  return aggregate === null
    ? listed(
        leadOf(derivation),
        termsOf(derivation).map((term) => derivationTree(term, facts)),
      )
    : aggregateShown(aggregate);
};
