import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import { meaningOf } from './answer-options.js';
import { UCUM } from './coding.js';
import { elementOf, textOf } from './elements.js';
import { isSameCode, systemCodeIn, type FormItem, type SystemCode } from './form-items.js';
import type { Answer } from './response-items.js';

/** The element that holds the answer to an item of a type. */
const ELEMENT_OF: ReadonlyMap<string, string> = new Map([
  ['choice', 'valueCoding'],
  ['open-choice', 'valueCoding'],
  ['integer', 'valueInteger'],
  ['decimal', 'valueDecimal'],
  ['quantity', 'valueQuantity'],
  ['date', 'valueDate'],
  ['dateTime', 'valueDateTime'],
]);

const isValue = (name: string): boolean => name.startsWith('value');

/** Whether an answer holds one value, and that of one type. */
const holdsOnly = (answer: JsonObject, element: string): boolean => {
  const values = Object.keys(answer).filter(isValue);
  return values.length === 1 && values[0] === element;
};

/** An answer as an object that holds a value of one type and no other; null where it is anything else. */
const answerWith = ({ value }: Answer, element: string): JsonObject | null =>
  isJsonObject(value) && holdsOnly(value, element) ? value : null;

/** The value of an answer of a type; null where it is of another. */
export const valueIn = (answer: Answer, element: string): JsonValue =>
  elementOf(answerWith(answer, element) ?? {}, element) ?? null;

/** The code of an answer; null where it is no code of a system. */
export const codeOf = (answer: Answer): SystemCode | null => {
  const holder = answerWith(answer, 'valueCoding');
  return holder === null ? null : systemCodeIn(holder, 'valueCoding');
};

const numberOf = (value: JsonValue): JsonValue => (typeof value === 'number' ? value : null);

const dateOf = (value: JsonValue): JsonValue => (typeof value === 'string' ? value : null);

/** A number with its unit. One that is only known to lie above or below (`comparator`) is no number, and a unit is one of UCUM alone. */
const quantityOf = (quantity: JsonValue): JsonValue => {
  if (!isJsonObject(quantity)) return null;
  const [value, unit] = [elementOf(quantity, 'value'), textOf(quantity, 'code')];
  const isPlain = textOf(quantity, 'system') === UCUM && elementOf(quantity, 'comparator') === undefined;
  return isPlain && typeof value === 'number' && unit !== null ? { value, unit } : null;
};

const optionOf = (answer: Answer, { options }: FormItem): JsonValue => {
  const code = codeOf(answer);
  const option = code === null ? undefined : options.find((one) => isSameCode(one, code));
  return option === undefined ? null : meaningOf(option);
};

/**
 * What an answer says as a native intake says it: true, a code, a number, a text, or that its fact is unknown. Whether that can be true of a
 * person is for the reader of native intakes to say.
 * @returns null where it is no answer to the item: of another type, of no option, of no unit
 */
const nativeAnswer = (answer: Answer, item: FormItem): JsonValue => {
  const value = valueIn(answer, ELEMENT_OF.get(item.type) ?? '');
  switch (item.type) {
    case 'choice':
    case 'open-choice':
      return optionOf(answer, item);
    case 'integer':
    case 'decimal':
      return numberOf(value);
    case 'quantity':
      return quantityOf(value);
    default:
      return dateOf(value);
  }
};

/** The one answer to a question, or why there is not one that can be read. */
export type OneAnswer =
  | { readonly native: JsonValue; readonly pointer: string }
  | { readonly fault: 'unreadable' | 'conflicting'; readonly pointer: string };

/** Takes the one answer to a question. Two that differ conflict; the same twice is not how a form answers, and is not read either. */
export const oneAnswer = (answers: readonly Answer[], item: FormItem): OneAnswer | null => {
  const [first, ...others] = answers;
  if (first === undefined) return null;
  const { pointer } = first;
  const natives = answers.map((answer) => nativeAnswer(answer, item));
  const [native = null] = natives;
  if (natives.includes(null)) return { fault: 'unreadable', pointer };
  const texts = new Set(natives.map((one) => JSON.stringify(one)));
  if (texts.size > 1) return { fault: 'conflicting', pointer };
  return others.length > 0 ? { fault: 'unreadable', pointer } : { native, pointer };
};
