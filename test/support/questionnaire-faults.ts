import { isJsonObject, type JsonObject, type JsonValue } from '../../src/values/json.js';
import { extensionFaults } from './extension-faults.js';

/** The elements of FHIR R4 (4.0.1) that a Questionnaire, an item and a condition may have, but for those that nothing here uses. */
const ELEMENTS = {
  questionnaire:
    'resourceType id url identifier version name title status date subjectType description purpose item',
  item: 'linkId extension code prefix text type enableWhen enableBehavior required repeats readOnly maxLength answerValueSet answerOption initial item',
  condition:
    'question operator answerBoolean answerDecimal answerInteger answerDate answerString answerCoding answerQuantity',
} as const;

const TYPES =
  'group display boolean decimal integer date dateTime time string text url choice open-choice attachment reference quantity';

const OPERATORS = 'exists = != > < >= <=';

/** The element of an answer to an item of a type. */
const ANSWER_OF: Readonly<Record<string, string>> = {
  boolean: 'answerBoolean',
  decimal: 'answerDecimal',
  integer: 'answerInteger',
  date: 'answerDate',
  string: 'answerString',
  choice: 'answerCoding',
  'open-choice': 'answerCoding',
  quantity: 'answerQuantity',
};

const isOneOf = (words: string, word: JsonValue | undefined): boolean =>
  typeof word === 'string' && words.split(' ').includes(word);

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

const isArray = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

const objects = (value: JsonValue | undefined): readonly JsonObject[] =>
  isArray(value) ? value.filter(isJsonObject) : [];

const unless = (holds: boolean, fault: string): readonly string[] => (holds ? [] : [fault]);

/** FHIR has no null, no empty text, no empty array and no empty object. */
const emptyFaults = (value: JsonValue, place: string): readonly string[] => {
  if (value === null) return [`${place}: null`];
  if (typeof value === 'string') return unless(value.trim() !== '', `${place}: empty text`);
  if (typeof value !== 'object') return [];
  const entries = Object.entries(value);
  return entries.length === 0
    ? [`${place}: empty`]
    : entries.flatMap(([key, child]: [string, JsonValue]) => emptyFaults(child, `${place}/${key}`));
};

const elementFaults = (value: JsonObject, kind: keyof typeof ELEMENTS): readonly string[] =>
  Object.keys(value)
    .filter((key) => !isOneOf(ELEMENTS[kind], key))
    .map((key) => `element ${key}`);

const codingFaults = (coding: JsonObject): readonly string[] => [
  ...unless(/^[a-z][a-z0-9+.-]*:\S+$/i.test(textOf(coding.system)), 'coding without an absolute system'),
  ...unless(/^\S+( \S+)*$/.test(textOf(coding.code)), 'coding without a code'),
];

const sameCode = (a: JsonObject, b: JsonObject): boolean => a.system === b.system && a.code === b.code;

const optionFaults = ({ answerOption, type, answerValueSet }: JsonObject): readonly string[] => {
  const codings = objects(answerOption).map(({ valueCoding = null }) =>
    isJsonObject(valueCoding) ? valueCoding : {},
  );
  return [
    ...unless(answerOption === undefined || answerValueSet === undefined, 'que-4'),
    ...unless(
      (answerOption === undefined && answerValueSet === undefined) || isOneOf('choice open-choice', type),
      'que-5',
    ),
    ...unless(
      type !== 'choice' || answerOption !== undefined || answerValueSet !== undefined,
      'choice without options',
    ),
    ...codings.flatMap(codingFaults),
    ...codings
      .filter((coding, index) => codings.findIndex((other) => sameCode(coding, other)) !== index)
      .map(() => 'option twice'),
  ];
};

/** The invariants of an item that look at nothing but the item. */
const ownFaults = (item: JsonObject): readonly string[] => {
  const { type, item: items, initial, repeats } = item;
  const [display, group] = [type === 'display', type === 'group'];
  return [
    ...unless(typeof item.linkId === 'string' && item.linkId === item.linkId.trim(), 'linkId'),
    ...unless(isOneOf(TYPES, type), 'type'),
    ...unless(!group || objects(items).length > 0, 'que-1 group'),
    ...unless(!display || items === undefined, 'que-1 display'),
    ...unless(!display || item.code === undefined, 'que-3'),
    ...unless(!display || (item.required === undefined && repeats === undefined), 'que-6'),
    ...unless(!(group || display) || initial === undefined, 'que-8'),
    ...unless(!display || item.readOnly === undefined, 'que-9'),
    ...unless(
      item.maxLength === undefined || isOneOf('boolean decimal integer string text url open-choice', type),
      'que-10',
    ),
    ...unless(item.answerOption === undefined || initial === undefined, 'que-11'),
    ...unless(objects(item.enableWhen).length < 2 || item.enableBehavior !== undefined, 'que-12'),
    ...unless(repeats === true || objects(initial).length < 2, 'que-13'),
    ...unless(item.enableBehavior === undefined || isOneOf('all any', item.enableBehavior), 'enableBehavior'),
  ];
};

/** All items, each with those that it stands in. */
type Placed = { readonly item: JsonObject; readonly within: readonly JsonObject[] };

const placedItems = (items: readonly JsonObject[], within: readonly JsonObject[] = []): readonly Placed[] =>
  items.flatMap((item) => [{ item, within }, ...placedItems(objects(item.item), [...within, item])]);

const answerFaults = (condition: JsonObject, target: JsonObject): readonly string[] => {
  const answers = Object.keys(condition).filter((key) => key.startsWith('answer'));
  const { operator, answerCoding = null } = condition;
  if (operator === 'exists')
    return unless(answers.length === 1 && typeof condition.answerBoolean === 'boolean', 'que-7');
  const isRight = answers.length === 1 && answers[0] === ANSWER_OF[textOf(target.type)];
  if (!isRight) return ['answer of another type than the question'];
  const options = objects(target.answerOption).flatMap(({ valueCoding = null }) =>
    isJsonObject(valueCoding) ? [valueCoding] : [],
  );
  return unless(
    !isJsonObject(answerCoding) || options.some((option) => sameCode(option, answerCoding)),
    'answer that is no option of the question',
  );
};

const conditionFaults = (condition: JsonObject, self: Placed, all: readonly Placed[]): readonly string[] => {
  const target = all.find(({ item }) => item.linkId === condition.question)?.item;
  if (target === undefined) return ['enableWhen names no item'];
  return [
    ...elementFaults(condition, 'condition'),
    ...unless(isOneOf(OPERATORS, condition.operator), 'operator'),
    ...unless(!isOneOf('group display', target.type), 'enableWhen names an item without answers'),
    ...unless(![self.item, ...self.within].includes(target), 'enableWhen names the item itself'),
    ...answerFaults(condition, target),
  ];
};

const itemFaults = (placed: Placed, all: readonly Placed[]): readonly string[] => {
  const { item } = placed;
  return [
    ...elementFaults(item, 'item'),
    ...ownFaults(item),
    ...optionFaults(item),
    ...extensionFaults(item),
    ...objects(item.code).flatMap(codingFaults),
    ...objects(item.enableWhen).flatMap((condition) => conditionFaults(condition, placed, all)),
  ].map((fault) => `${textOf(item.linkId)}: ${fault}`);
};

const headFaults = (head: JsonObject): readonly string[] => [
  ...elementFaults(head, 'questionnaire'),
  ...unless(head.resourceType === 'Questionnaire', 'resourceType'),
  ...unless(isOneOf('draft active retired unknown', head.status), 'status'),
  ...unless(/^[a-z][a-z0-9+.-]*:[^\s|#]+$/i.test(textOf(head.url)), 'url'),
  ...unless(typeof head.version === 'string' && !head.version.includes('|'), 'version'),
  ...unless(/^[A-Z][A-Za-z0-9_]{0,254}$/.test(textOf(head.name)), 'que-0'),
  ...unless(head.date === undefined || /^\d{4}(-\d{2}(-\d{2}(T\S+)?)?)?$/.test(textOf(head.date)), 'date'),
  ...unless(JSON.stringify(head.subjectType) === '["Patient"]', 'subjectType'),
  ...unless(objects(head.item).length > 0, 'no item'),
];

/**
 * What is wrong with a Questionnaire by the rules of FHIR R4 (4.0.1), in words of our own: its invariants que-0 to que-13, the elements that
 * there are, what an `enableWhen` may refer to and compare with, the forms of codes and URIs, and that nothing is empty. It is stricter
 * than R4 in two things: options stand on choices only, and a condition compares with an answer that can be given.
 */
export const questionnaireFaults = (questionnaire: JsonObject): readonly string[] => {
  const all = placedItems(objects(questionnaire.item));
  const ids = all.map(({ item }) => item.linkId ?? '');
  return [
    ...emptyFaults(questionnaire, ''),
    ...headFaults(questionnaire),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${textOf(id)}: que-2`),
    ...all.flatMap((placed) => itemFaults(placed, all)),
  ];
};
