import type { Instant } from '../../values/instant.js';
import type { Fact, SentFact } from '../../rules/fact.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import { joinRead, type ClaimsRead } from './claim.js';
import { formOf, type Form } from './form-items.js';
import type { ResponseItem } from './response-items.js';
import { answersIn, remarkOf, unknownOf, type Response } from './response.js';
import { shownItems } from './shown-items.js';

/** The form of a version with what was filled in. */
export type Filled = {
  readonly facts: readonly SentFact[];
  readonly items: readonly ResponseItem[];
  /** The answers that count. */
  readonly response: Response;
  /** That answers to questions which are hidden do not count. */
  readonly hidden: ClaimsRead;
  /** That nothing was read of what is no question of the form. */
  readonly strangers: ClaimsRead;
};

const isSent = (fact: Fact): fact is SentFact => fact.type !== 'derived';

const isAnswered = ({ answers }: ResponseItem): boolean => answers.length > 0;

const byLinkId = (items: readonly ResponseItem[]): ReadonlyMap<string, readonly ResponseItem[]> => {
  const found = new Map<string, ResponseItem[]>();
  for (const item of items) {
    const others = found.get(item.linkId);
    if (others === undefined) found.set(item.linkId, [item]);
    else others.push(item);
  }
  return found;
};

/** Whether an item takes answers. A group that is a fact does: whatever is answered to it is meant for the fact, and can be read by nobody. */
const takesAnswers = (linkId: string, form: Form): boolean =>
  !['group', 'display'].includes(form.get(linkId)?.type ?? 'display') || !/[.:]/.test(linkId);

const strangersIn = (items: readonly ResponseItem[], form: Form): ClaimsRead =>
  joinRead(
    items
      .filter((item) => !form.has(item.linkId) || (isAnswered(item) && !takesAnswers(item.linkId, form)))
      .map(({ pointer }) =>
        remarkOf(pointer, 'unknown-question', 'is no question of this version: nothing is read of it'),
      ),
  );

/** Sorts what was filled in: answers that count, answers to what is hidden, and what is no question. */
export const filledForm = (
  items: readonly ResponseItem[],
  { body, asOf }: { readonly body: RuleSetBody; readonly asOf: Instant },
): Filled => {
  const form = formOf(body);
  const found = byLinkId(items);
  const itemsOf = (linkId: string): readonly ResponseItem[] => found.get(linkId) ?? [];
  const isShown = shownItems(form, (linkId) => answersIn(itemsOf(linkId)));
  return {
    facts: body.facts.filter(isSent),
    items,
    response: { form, asOf, itemsOf: (linkId) => (isShown(linkId) ? itemsOf(linkId) : []) },
    hidden: joinRead(
      items
        .filter((item) => isAnswered(item) && form.has(item.linkId) && !isShown(item.linkId))
        .map(({ pointer }) =>
          remarkOf(pointer, 'hidden-answer', 'is hidden by the other answers: its own does not count'),
        ),
    ),
    strangers: strangersIn(items, form),
  };
};

/** The fact that an item of the form is of: every part of a fact has its id, and a dot behind it. */
const isPartOf = (linkId: string, { id }: SentFact): boolean => linkId === id || linkId.startsWith(`${id}.`);

/** Every fact that was answered, and cannot be read. Nothing is hidden here: what an answer hides is as doubtful as the answer. */
export const unreadFacts = ({ facts, items, response: { form } }: Filled): ClaimsRead =>
  joinRead(
    facts.flatMap((fact) => {
      const answered = items.filter(
        (item) => isAnswered(item) && form.has(item.linkId) && isPartOf(item.linkId, fact),
      );
      const [first] = answersIn(answered);
      return first === undefined ? [] : [unknownOf(fact, 'unreadable', first.pointer)];
    }),
  );
