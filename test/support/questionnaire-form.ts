import type { JsonObject } from '../../src/values/json.js';

/** A code, as far as two answers are compared. */
type Coding = { readonly system: string; readonly code: string };

/** A condition of an item, as far as a form looks at it. */
type Condition = {
  readonly question: string;
  readonly operator: 'exists' | '!=';
  readonly answerBoolean?: boolean;
  readonly answerCoding?: Coding;
};

/** An item of a questionnaire, as far as a form looks at it. */
export type FormItem = {
  readonly linkId: string;
  readonly type: string;
  readonly text: string;
  readonly code?: readonly Coding[];
  readonly extension?: readonly JsonObject[];
  readonly repeats?: boolean;
  readonly answerOption?: readonly { readonly valueCoding: Coding & { readonly display: string } }[];
  readonly enableWhen?: readonly Condition[];
  readonly enableBehavior?: 'all' | 'any';
  readonly item?: readonly FormItem[];
};

/** The items of a questionnaire, as a form takes them. */
export const itemsOf = (questionnaire: JsonObject): readonly FormItem[] =>
  questionnaire.item as unknown as readonly FormItem[];

/** All items, groups before what they hold. */
export const allItems = (items: readonly FormItem[]): readonly FormItem[] =>
  items.flatMap((item) => [item, ...allItems(item.item ?? [])]);

/** What was answered, by `linkId`: a code, or any other value. A question that is not here has no answer. */
export type Answers = Readonly<Record<string, Coding | 'some value'>>;

/** What `!=` says of a question without an answer. FHIR R4 can be read either way, so a form must be right under both. */
export type Reading = 'unanswered differs' | 'unanswered does not differ';

type Form = {
  readonly answers: Answers;
  readonly reading: Reading;
  readonly isShown: (linkId: string) => boolean;
};

const holds = (
  { question, operator, answerBoolean, answerCoding }: Condition,
  { answers, reading, isShown }: Form,
): boolean => {
  // An answer to a question that is hidden does not count.
  const answer = isShown(question) && Object.hasOwn(answers, question) ? answers[question] : undefined;
  if (operator === 'exists') return (answer !== undefined) === answerBoolean;
  if (answer === undefined) return reading === 'unanswered differs';
  return (
    answer === 'some value' || answer.code !== answerCoding?.code || answer.system !== answerCoding.system
  );
};

const isEnabled = ({ enableWhen = [], enableBehavior }: FormItem, form: Form): boolean =>
  enableWhen.length === 0 ||
  (enableBehavior === 'any'
    ? enableWhen.some((condition) => holds(condition, form))
    : enableWhen.every((condition) => holds(condition, form)));

type Placed = { readonly item: FormItem; readonly parent: string | null };

const placed = (items: readonly FormItem[], parent: string | null = null): readonly Placed[] =>
  items.flatMap((item) => [{ item, parent }, ...placed(item.item ?? [], item.linkId)]);

/** The `linkId`s of the items that a form shows after some answers: those that are enabled, in groups that are. */
export const shownItems = (
  items: readonly FormItem[],
  answers: Answers,
  reading: Reading,
): ReadonlySet<string> => {
  const places = new Map(placed(items).map((one) => [one.item.linkId, one]));
  const known = new Map<string, boolean>();
  const isShown = (linkId: string): boolean => {
    const before = known.get(linkId);
    if (before !== undefined) return before;
    const place = places.get(linkId);
    if (place === undefined) throw new Error(`there is no item ${linkId}`);
    const { item, parent } = place;
    const shown = (parent === null || isShown(parent)) && isEnabled(item, { answers, reading, isShown });
    known.set(linkId, shown);
    return shown;
  };
  return new Set([...places.keys()].filter(isShown));
};
