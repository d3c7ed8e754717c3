import { isJsonObject, type JsonObject } from '../../values/json.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import type { Coding } from './coding.js';
import { elementOf, objectsOf, textOf } from './elements.js';
import { questionnaireItems } from './write-questionnaire.js';

/** A code with its system: all of a coding that two answers are compared by. */
export type SystemCode = Pick<Coding, 'system' | 'code'>;

/** A condition of an item: that a question has an answer or has none, or that its answer is not a certain one. */
export type FormCondition =
  | { readonly question: string; readonly answered: boolean }
  | { readonly question: string; readonly isNot: SystemCode };

/** An item of a questionnaire, as far as a reader of responses looks at it. `parent` is the group that it stands in. */
export type FormItem = {
  readonly linkId: string;
  readonly type: string;
  readonly options: readonly SystemCode[];
  readonly conditions: readonly FormCondition[];
  readonly behavior: 'all' | 'any';
  readonly parent: string | null;
};

/** The items of the questionnaire of a version, by `linkId`. */
export type Form = ReadonlyMap<string, FormItem>;

/** The code of a coding that is an element; null where there is none, or its system or its code is missing. */
export const systemCodeIn = (within: JsonObject, name: string): SystemCode | null => {
  const coding = elementOf(within, name) ?? null;
  if (!isJsonObject(coding)) return null;
  const [system, code] = [textOf(coding, 'system'), textOf(coding, 'code')];
  return system === null || code === null ? null : { system, code };
};

/** Whether two codes are the same code of the same system. */
export const isSameCode = (one: SystemCode, other: SystemCode): boolean =>
  one.system === other.system && one.code === other.code;

/** @throws Error for a condition of another form: a questionnaire of this service has none, and to pass one over would show or hide at will */
const conditionOf = (condition: JsonObject): FormCondition => {
  const [question, operator] = [textOf(condition, 'question'), textOf(condition, 'operator')];
  const [answered, isNot] = [elementOf(condition, 'answerBoolean'), systemCodeIn(condition, 'answerCoding')];
  if (question !== null && operator === 'exists' && typeof answered === 'boolean')
    return { question, answered };
  if (question !== null && operator === '!=' && isNot !== null) return { question, isNot };
  throw new Error('a condition of the questionnaire is of a form that nothing reads');
};

const formItemOf = (item: JsonObject, parent: string | null): FormItem => ({
  linkId: textOf(item, 'linkId') ?? '',
  type: textOf(item, 'type') ?? '',
  options: objectsOf(item, 'answerOption').flatMap((option) => systemCodeIn(option, 'valueCoding') ?? []),
  conditions: objectsOf(item, 'enableWhen').map(conditionOf),
  behavior: textOf(item, 'enableBehavior') === 'any' ? 'any' : 'all',
  parent,
});

const itemsWithin = (items: readonly JsonObject[], parent: string | null): readonly FormItem[] =>
  items.flatMap((item) => {
    const one = formItemOf(item, parent);
    return [one, ...itemsWithin(objectsOf(item, 'item'), one.linkId)];
  });

const forms = new WeakMap<RuleSetBody, Form>();

/** The items of the questionnaire of a version, read once for each version from what is written for those who ask. */
export const formOf = (body: RuleSetBody): Form => {
  const known = forms.get(body);
  if (known !== undefined) return known;
  const form = new Map(
    itemsWithin(questionnaireItems(body), null).map((item) => [item.linkId, item] as const),
  );
  forms.set(body, form);
  return form;
};

/**
 * The item of a `linkId`.
 * @throws Error where the questionnaire has none: every fact that is sent is asked
 */
export const formItem = (form: Form, linkId: string): FormItem => {
  const item = form.get(linkId);
  if (item === undefined) throw new Error(`there is no item \`${linkId}\``);
  return item;
};
