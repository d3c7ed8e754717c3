import { writeQuestionnaire } from '../../src/formats/fhir/write-questionnaire.js';
import type { SentFact } from '../../src/rules/fact.js';
import type { RuleSet } from '../../src/rules/rule-set.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/values/json.js';
import { sentFactsOf, type SentFacts } from './generate-intake.js';
import { allItems, itemsOf, shownItems, type Answers, type FormItem } from './questionnaire-form.js';

const YES_NO = 'http://terminology.hl7.org/CodeSystem/v2-0136';
const UNKNOWN = 'urn:ketamine-screening:codes:unknown';

const YES: JsonObject = { valueCoding: { system: YES_NO, code: 'Y' } };
const NO: JsonObject = { valueCoding: { system: YES_NO, code: 'N' } };

const isArray = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

/** Why a fact is unknown, where it is and a form can say so; a person who fills in a form knows nothing of other reasons. */
const reasonOf = (value: JsonValue): JsonValue | undefined =>
  isJsonObject(value) && Object.hasOwn(value, 'unknown') ? value.unknown : undefined;

const isReason = (reason: JsonValue | undefined): boolean =>
  reason === 'asked-unknown' || reason === 'declined';

/** The answer to an item of a type, from a native value. */
const answerOf = ({ type, answerOption = [] }: FormItem, value: JsonValue, unit: string): JsonObject => {
  const reason = reasonOf(value);
  if (reason !== undefined) return { valueCoding: { system: UNKNOWN, code: reason } };
  if (typeof value === 'boolean') return value ? YES : NO;
  const number = isJsonObject(value) ? value : { value, unit };
  if (type === 'quantity')
    return {
      valueQuantity: {
        value: number.value ?? null,
        system: 'http://unitsofmeasure.org',
        code: number.unit ?? unit,
      },
    };
  if (type === 'integer') return { valueInteger: number.value ?? null };
  if (type === 'decimal') return { valueDecimal: number.value ?? null };
  if (type === 'date') return { valueDate: value };
  if (type === 'dateTime') return { valueDateTime: value };
  const option = answerOption.find(({ valueCoding: { code } }) => code === value)?.valueCoding;
  // A code that is no option is one of the terminology that the options are of.
  return {
    valueCoding: option ?? { system: answerOption[0]?.valueCoding.system ?? 'urn:other', code: value },
  };
};

type Written = Readonly<Record<string, readonly JsonObject[]>>;

type Listed = { readonly codes: readonly JsonValue[]; readonly complete: boolean };

const listOf = (value: JsonValue): Listed => {
  if (isArray(value)) return { codes: value, complete: true };
  const { codes, complete } = isJsonObject(value) ? value : {};
  return { codes: isArray(codes) ? codes : [], complete: complete === true };
};

const unitOf = (fact: SentFact, name = ''): string => {
  if (fact.type === 'series') return fact.components[name]?.unit ?? '';
  return fact.type === 'number' ? fact.unit : '';
};

/** The answers of a fact that is no series, by the `linkId` of their question. */
const writtenFact = (fact: SentFact, value: JsonValue, item: FormItem): Written => {
  const { id, type } = fact;
  if (type === 'codeList') {
    const { codes, complete } = listOf(value);
    const whole = reasonOf(value) === undefined ? (complete ? YES : NO) : answerOf(item, value, '');
    return { [id]: codes.map((code) => answerOf(item, code, '')), [`${id}.complete`]: [whole] };
  }
  const isApart = reasonOf(value) !== undefined && type !== 'boolean' && type !== 'code';
  return { [isApart ? `${id}.unknown` : id]: [answerOf(item, value, unitOf(fact))] };
};

const writtenReading = (
  fact: SentFact & { readonly type: 'series' },
  item: FormItem,
  reading: JsonValue,
): JsonObject => {
  const { takenAt = null, unit, ...values } = isJsonObject(reading) ? reading : {};
  const answered = (item.item ?? []).flatMap((part) => {
    const name = part.linkId.replace(`${fact.id}.reading.`, '');
    const value = part.linkId.endsWith('.takenAt') ? takenAt : (values[name] ?? null);
    const own = typeof unit === 'string' ? unit : unitOf(fact, name);
    return value === null ? [] : [{ linkId: part.linkId, answer: [answerOf(part, value, own)] }];
  });
  return { linkId: fact.id, item: answered };
};

/** What a form can say of a fact of an intake: nothing of an empty series, nor of the reasons and the checks that only a program gives. */
const sayable = (fact: SentFact, value: JsonValue): JsonValue => {
  const reason = reasonOf(value);
  if (reason !== undefined && !isReason(reason)) return null;
  if (fact.type === 'series' && isArray(value) && value.length === 0) return null;
  if (fact.type !== 'codeList' || !isJsonObject(value) || reason !== undefined) return value;
  const checked = isArray(value.checked) ? value.checked : [];
  const { codes, complete } = listOf(value);
  return { codes: [...codes, ...checked], complete };
};

/** A response, and the facts that it tells: those of an intake that the form asks for and that its answers can say. */
export type FilledIn = { readonly response: JsonObject; readonly told: SentFacts };

const written = (
  items: readonly FormItem[],
  toWrite: (item: FormItem) => readonly JsonObject[],
): readonly JsonObject[] =>
  items.flatMap((item) => {
    const own = toWrite(item);
    if (own.length > 0 || item.type !== 'group') return own;
    const within = written(item.item ?? [], toWrite);
    return within.length > 0 ? [{ linkId: item.linkId, item: within }] : [];
  });

/** The items of a response that tell a fact, by their `linkId`. A series has a group for each reading. */
const itemsOfFact = (fact: SentFact, value: JsonValue, item: FormItem): Written => {
  if (fact.type === 'series' && isArray(value))
    return { [fact.id]: value.map((reading) => writtenReading(fact, item, reading)) };
  return Object.fromEntries(
    Object.entries(writtenFact(fact, value, item)).map(([linkId, answer]) => [
      linkId,
      answer.length > 0 ? [{ linkId, answer }] : [],
    ]),
  );
};

/** What was answered, as a form looks at it when it decides what to show. */
const answersIn = (filled: Written): Answers =>
  Object.fromEntries(
    Object.entries(filled).flatMap(([linkId, [item]]) => {
      const [first] = (item?.answer ?? []) as readonly JsonObject[];
      const code = first?.valueCoding as Answers[string] | undefined;
      return first === undefined ? [] : [[linkId, code ?? 'some value']];
    }),
  );

/**
 * Fills in the questionnaire of a version with the facts of an intake, as a form would: an answer only to what is shown after all the others.
 * @param more elements of the response beside its items
 */
export const fillIn = ({ body, sha256 }: RuleSet, facts: SentFacts, more: JsonObject = {}): FilledIn => {
  const questionnaire = writeQuestionnaire(body, sha256);
  const items = itemsOf(questionnaire);
  const places = new Map(allItems(items).map((item) => [item.linkId, item] as const));
  const said = sentFactsOf(body).flatMap((fact) => {
    const value = Object.hasOwn(facts, fact.id) ? sayable(fact, facts[fact.id] ?? null) : null;
    const item = places.get(fact.id);
    return value === null || item === undefined ? [] : [{ fact, value, item }];
  });
  const filled = Object.assign(
    {},
    ...said.map(({ fact, value, item }) => itemsOfFact(fact, value, item)),
  ) as Written;
  const shown = shownItems(items, answersIn(filled), 'unanswered does not differ');
  const response = {
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    questionnaire: `${questionnaire.url as string}|${body.version}`,
    ...more,
    item: written(items, ({ linkId }) => (shown.has(linkId) ? (filled[linkId] ?? []) : [])),
  };
  const told = said.filter(({ fact: { id } }) => shown.has(id));
  return { response, told: Object.fromEntries(told.map(({ fact, value }) => [fact.id, value] as const)) };
};
