import type { JsonObject } from '../../values/json.js';
import type { CodeListFact, NumberFact, SentFact } from '../../rules/fact.js';
import { MAX_CODES } from '../intake/code-list.js';
import { choiceOptions, factOptions, UNKNOWN_OPTIONS, YES_NO_OPTIONS } from './answer-options.js';
import { terminologyCoding } from './coding.js';
import { isUnanswered, whenAll, type Condition } from './enable-when.js';
import { itemControl, maxOccurs } from './extension.js';
import { measuredType } from './measured-item.js';
import { seriesItem } from './series-item.js';

/** An item of a questionnaire: a question, a group, or words to be shown. */
export type Item = JsonObject;

/** What the items of a fact need to know beside it: the id of the rule set, and under which conditions the fact is asked. */
export type Asking = { readonly ruleSet: string; readonly conditions: readonly Condition[] };

const CHOICE = { type: 'choice', extension: [itemControl('radio-button')] };

const helpItems = ({ id, help }: SentFact): readonly Item[] =>
  help === undefined
    ? []
    : [{ linkId: `${id}.help`, extension: [itemControl('help')], text: help, type: 'display' }];

/** Why there is no answer to a question that takes none of the answers that say so. */
const unknownItem = (id: string, conditions: readonly Condition[]): Item => ({
  linkId: `${id}.unknown`,
  text: 'If you cannot answer this, why?',
  ...CHOICE,
  ...whenAll(conditions),
  answerOption: UNKNOWN_OPTIONS,
});

const completeItem = (id: string, conditions: readonly Condition[]): Item => ({
  linkId: `${id}.complete`,
  text: 'Is this the whole list? If there is nothing to list, leave the list empty and answer yes.',
  ...CHOICE,
  ...whenAll(conditions),
  answerOption: YES_NO_OPTIONS,
});

/** Codes of options stand with the options: they are answers, and say nothing of the question. */
const codesOf = (fact: SentFact): JsonObject => {
  const answers = 'options' in fact ? fact.options.map(({ code }) => code) : [];
  const codes = (fact.codes ?? []).filter(({ code }) => !answers.includes(code));
  return codes.length === 0 ? {} : { code: codes.map(terminologyCoding) };
};

const question = (fact: SentFact, kind: JsonObject, { conditions }: Asking): Item => {
  const help = helpItems(fact);
  return {
    linkId: fact.id,
    ...codesOf(fact),
    text: fact.question,
    ...kind,
    ...whenAll(conditions),
    ...(help.length === 0 ? {} : { item: help }),
  };
};

/** A question with a second one, which takes the reason where the first has no answer. */
const withReason = (fact: SentFact, kind: JsonObject, asking: Asking): readonly Item[] => [
  question(fact, kind, asking),
  unknownItem(fact.id, [...asking.conditions, isUnanswered(fact.id)]),
];

const listItems = (fact: CodeListFact, asking: Asking): readonly Item[] => {
  const kind = {
    type: fact.open ? 'open-choice' : 'choice',
    extension: [maxOccurs(MAX_CODES)],
    repeats: true,
    answerOption: factOptions(fact, asking.ruleSet),
  };
  return [question(fact, kind, asking), completeItem(fact.id, asking.conditions)];
};

const numberItems = (fact: NumberFact, asking: Asking): readonly Item[] =>
  withReason(fact, measuredType(fact), asking);

/**
 * The items that ask for a fact: the question under the id of the fact, and where its answers cannot say that the fact is unknown, or that a
 * list is whole, a second one beside it. docs/questionnaire.md says what each answer means as a fact of an intake.
 * INVARIANT: no question is required and none has an answer to begin with, so that what nobody answered stays "not asked".
 */
export const factItems = (fact: SentFact, asking: Asking): readonly Item[] => {
  switch (fact.type) {
    case 'boolean':
      return [question(fact, { ...CHOICE, answerOption: YES_NO_OPTIONS }, asking)];
    case 'code':
      return [question(fact, { ...CHOICE, answerOption: choiceOptions(fact, asking.ruleSet) }, asking)];
    case 'codeList':
      return listItems(fact, asking);
    case 'number':
      return numberItems(fact, asking);
    case 'date':
      return withReason(fact, { type: 'date' }, asking);
    case 'series':
      return [
        seriesItem(fact, helpItems(fact), whenAll(asking.conditions)),
        unknownItem(fact.id, asking.conditions),
      ];
  }
};
