import type { JsonObject } from '../../values/json.js';
import { isDraft, type RuleSetBody } from '../../rules/rule-set.js';
import { NOTICE } from '../intake/write-answer.js';
import { onceAnsweredNotNo, unlessNo, type Condition } from './enable-when.js';
import { factItems, type Item } from './fact-items.js';
import { questionsInOrder, type Question, type Section } from './question-order.js';

const NO_CONDITIONS: readonly Condition[] = [];

/** Under which conditions a fact is asked: as a detail, or always. */
const conditionsOf = ({ detailOf }: Question['fact'], gate: string | null): readonly Condition[] =>
  // Under its own gate the weaker condition of the group holds: a gate without an answer hides nothing.
  detailOf === undefined || detailOf === gate ? NO_CONDITIONS : onceAnsweredNotNo(detailOf);

type Around = { readonly ruleSet: string; readonly gate: string | null };

const particularsItems = ({ fact, particulars }: Question, around: Around): readonly Item[] =>
  particulars.length === 0
    ? []
    : [
        {
          linkId: `${fact.id}.particulars`,
          text: 'More on the question above',
          type: 'group',
          ...unlessNo(fact.id),
          item: particulars.flatMap((one) => questionItems(one, { ...around, gate: fact.id })),
        },
      ];

const questionItems = (question: Question, around: Around): readonly Item[] => [
  ...factItems(question.fact, {
    ruleSet: around.ruleSet,
    conditions: conditionsOf(question.fact, around.gate),
  }),
  ...particularsItems(question, around),
  ...question.details.flatMap((one) => questionItems(one, around)),
];

const sectionItem =
  (ruleSet: string) =>
  ({ linkId, title, questions }: Section): Item => ({
    linkId,
    text: title,
    type: 'group',
    item: questions.flatMap((question) => questionItems(question, { ruleSet, gate: null })),
  });

/** A name that a program can use: `ketamine-pain` is `KetaminePain`. */
const programNameOf = (id: string): string =>
  id
    .split('-')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');

/** The canonical URL of the questionnaire of a rule set, in all versions. */
export const questionnaireUrl = ({ id }: RuleSetBody): string => `urn:ketamine-screening:questionnaire:${id}`;

/** The items of the questionnaire of a version, by which a response to it is read as well. */
export const questionnaireItems = (body: RuleSetBody): readonly Item[] =>
  questionsInOrder(body).map(sectionItem(body.id));

/**
 * Writes the fact dictionary of a version as a FHIR R4 Questionnaire: an item for every fact that is sent, under the id of the fact, with its question and
 * codes. Derived facts are not asked. It has no date, because a version has none, and it names its rule set by canonical URL, version and fingerprint.
 * @param body   a rule set that passed its checks
 * @param sha256 the fingerprint of the body
 * INVARIANT: the same version gives the same bytes. A question is hidden only by a no, or as a detail until what it belongs to was answered.
 * Source: HL7 FHIR R4 (4.0.1), Questionnaire; docs/questionnaire.md
 */
export const writeQuestionnaire = (body: RuleSetBody, sha256: string): JsonObject => ({
  resourceType: 'Questionnaire',
  url: questionnaireUrl(body),
  identifier: [{ system: 'urn:ketamine-screening:rule-set-sha256', value: sha256 }],
  version: body.version,
  name: programNameOf(body.id),
  title: body.title,
  status: isDraft(body.version) ? 'draft' : 'active',
  subjectType: ['Patient'],
  description: body.description,
  purpose: NOTICE,
  item: questionnaireItems(body),
});
