import {
  isFactTest,
  partsOf,
  type CompareTest,
  type Criterion,
  type ElapsedTest,
  type FactTest,
} from '../../rules/criterion.js';
import { factOf, indexFacts } from '../../rules/dictionary.js';
import type { Fact } from '../../rules/fact.js';
import { factLink, sourceLink } from './links.js';
import { tag, tagWith, type Markup } from './markup.js';
import { amountInWords, capitalised, COMPARED, durationInWords } from './plain-words.js';

const leadOf = (criterion: Exclude<Criterion, FactTest>): string => {
  if ('all' in criterion) return 'All of these hold:';
  if ('any' in criterion) return 'Any of these holds:';
  if ('not' in criterion) return 'This does not hold:';
  return `At least ${String(criterion.atLeast)} of these ${String(criterion.of.length)} hold:`;
};

/** A number that a rule sets, with its unit and the source that gives it. */
const limit = (words: string, source: string): readonly Markup[] => [
  tag('strong', words),
  ' ',
  tagWith('span', { className: ['by'] }, '[', sourceLink(source), ']'),
];

const optionShown = (fact: Fact, code: string): Markup => {
  const label = 'options' in fact ? fact.options.find((option) => option.code === code)?.label : undefined;
  return label === undefined ? tag('code', code) : tag('strong', label);
};

const optionsShown = (fact: Fact, codes: readonly string[]): readonly Markup[] =>
  codes.flatMap((code, index) => [index === 0 ? '' : ' or ', optionShown(fact, code)]);

const comparisonInWords = (test: CompareTest | ElapsedTest): string =>
  'elapsed' in test
    ? `${COMPARED[test.elapsed]} ${durationInWords(test.duration)} ago`
    : `${COMPARED[test.compare]} ${amountInWords(test.value, test.unit)}`;

const answerShown = (test: FactTest, fact: Fact): readonly Markup[] => {
  if ('is' in test) return [tag('strong', test.is ? 'Yes' : 'No')];
  if ('in' in test) return optionsShown(fact, test.in);
  if ('includesAny' in test) return ['Among them ', ...optionsShown(fact, test.includesAny)];
  const words = comparisonInWords(test);
  return limit(fact.type === 'derived' ? words : capitalised(words), test.source);
};

/** What a person calls a fact: its question, or the label of a computed one. */
export const nameOfFact = (fact: Fact): string =>
  fact.type === 'derived' ? `${capitalised(fact.label)}:` : fact.question;

const testShown = (test: FactTest, facts: readonly Fact[]): readonly Markup[] => {
  const fact = factOf(indexFacts(facts), test.fact);
  return [nameOfFact(fact), ' ', ...answerShown(test, fact), ' ', tag('small', factLink(test.fact))];
};

const partShown = (part: Criterion, facts: readonly Fact[]): readonly Markup[] =>
  isFactTest(part)
    ? testShown(part, facts)
    : [
        tagWith('span', { className: ['lead'] }, leadOf(part)),
        tagWith(
          'ul',
          { className: ['tree'] },
          partsOf(part).map((inner) => tag('li', partShown(inner, facts))),
        ),
      ];

/**
 * A criterion as an indented tree in plain words: what must hold of what, each fact by its question and a link, and each number with its unit and its source.
 * @throws Error where it names a fact that the dictionary has not, which no checked rule set does
 */
export const criterionTree = (criterion: Criterion, facts: readonly Fact[]): Markup =>
  tagWith('div', { className: ['criterion'] }, partShown(criterion, facts));
