import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import { elementOf, listOf, textOf } from './elements.js';

/** One answer as it came, and where. What is no answer at all is null: it was sent, and cannot be read. */
export type Answer = { readonly value: JsonValue; readonly pointer: string };

/** An item of a response. `items` are those in it and in its answers. What is no item, or has no `linkId`, has the `linkId` of no question. */
export type ResponseItem = {
  readonly linkId: string;
  readonly pointer: string;
  readonly answers: readonly Answer[];
  readonly items: readonly ResponseItem[];
};

const NO_QUESTION = '';

const answersIn = (item: JsonObject, pointer: string): readonly Answer[] => {
  const answers = listOf(item, 'answer');
  if (answers === null) return [{ value: null, pointer: `${pointer}/answer` }];
  return answers.map((value, index) => ({ value, pointer: `${pointer}/answer/${String(index)}` }));
};

const itemOf = (item: JsonValue, pointer: string): ResponseItem => {
  if (!isJsonObject(item)) return { linkId: NO_QUESTION, pointer, answers: [], items: [] };
  const answers = answersIn(item, pointer);
  const inAnswers = answers.flatMap((answer) =>
    isJsonObject(answer.value) ? responseItems(answer.value, answer.pointer) : [],
  );
  return {
    linkId: textOf(item, 'linkId') ?? NO_QUESTION,
    pointer,
    answers,
    items: [...responseItems(item, pointer), ...inAnswers],
  };
};

/**
 * The items that stand right in a response, an item or an answer. Nothing is left out, whatever it is.
 * @param pointer where that stands in the request
 */
export const responseItems = (within: JsonObject, pointer: string): readonly ResponseItem[] => {
  const items = listOf(within, 'item');
  return items === null
    ? [itemOf(elementOf(within, 'item') ?? null, `${pointer}/item`)]
    : items.map((item, index) => itemOf(item, `${pointer}/item/${String(index)}`));
};

/** Some items and all that stand in them. */
export const withinItems = (items: readonly ResponseItem[]): readonly ResponseItem[] =>
  items.flatMap((item) => [item, ...withinItems(item.items)]);
