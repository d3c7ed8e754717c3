import { aggregateOf, termsOf, type Derivation, type Reading } from '../../rules/derivation.js';
import type { Fact, Measured, Option, SentFact } from '../../rules/fact.js';
import type { Definition } from './definitions.js';
import { readingLimits } from './derivation-tree.js';
import { factLink } from './links.js';
import { tag, type Markup } from './markup.js';
import { amountInWords, unitInWords } from './plain-words.js';

const TYPE_SAYS: Readonly<Record<SentFact['type'], string>> = {
  boolean: 'Yes or no',
  number: 'A number',
  code: 'One of the options',
  codeList: 'A list, and whether it is complete',
  date: 'A day, or the month or year alone',
  series: 'Readings, each with its time',
};

const measuredInWords = ({ unit, range, integer, alsoAccepts = {} }: Measured): string =>
  [
    `${integer === true ? 'a whole number, ' : ''}from ${String(range.min)} to ${amountInWords(range.max, unit)}`,
    `unit: ${unitInWords(unit)}`,
    ...Object.entries(alsoAccepts).map(
      ([other, factor]) => `also taken in ${unitInWords(other)}, times ${String(factor)}`,
    ),
  ].join('; ');

const optionsShown = (options: readonly Option[]): Markup =>
  tag(
    'ul',
    options.map(({ code, label }) => tag('li', label, ' ', tag('small', tag('code', code)))),
  );

const readingsIn = (derivation: Derivation): readonly Reading[] => {
  const aggregate = aggregateOf(derivation);
  return aggregate === null ? termsOf(derivation).flatMap(readingsIn) : [aggregate.reading];
};

/** How old a reading may be, for each number that is computed of the series. */
const windowsOf = (series: string, facts: readonly Fact[]): readonly Markup[] =>
  facts.flatMap((fact) =>
    fact.type === 'derived'
      ? readingsIn(fact.derive)
          .filter((reading) => reading.series === series)
          .map((reading) => tag('span', factLink(fact.id), ': ', readingLimits(reading).join('; ')))
      : [],
  );

const seriesOf = (fact: Extract<SentFact, { type: 'series' }>, facts: readonly Fact[]): Definition[] => [
  ...Object.entries(fact.components).map(([name, measured]): Definition => [name, measuredInWords(measured)]),
  ['Order', ...(fact.ordered ?? []).map(({ greater, lesser }) => `${greater} is greater than ${lesser}`)],
  ['Freshness', ...windowsOf(fact.id, facts)],
];

const detailsOf = (fact: SentFact, facts: readonly Fact[]): Definition[] => {
  if (fact.type === 'series') return seriesOf(fact, facts);
  if (fact.type === 'number') return [['Range', measuredInWords(fact)]];
  if (fact.type === 'code') return [['Options', optionsShown(fact.options)]];
  if (fact.type !== 'codeList') return [];
  const others = fact.open
    ? 'Any other code is taken too, and leaves the list incomplete.'
    : 'No other code is taken.';
  return [['Options', optionsShown(fact.options), others]];
};

/** What may be answered to a question: its type, its options, its unit and limits, and how old a reading may be. */
export const answerDefinitions = (fact: SentFact, facts: readonly Fact[]): readonly Definition[] => [
  ['Answer', TYPE_SAYS[fact.type]],
  ...detailsOf(fact, facts),
];
