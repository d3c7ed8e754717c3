import type { Instant } from '../../values/instant.js';
import type { SentFact } from '../../rules/fact.js';
import type { UnknownReason } from '../../screening/facts.js';
import type { DataQuality } from '../../screening/intake.js';
import { NOTHING_READ, type ClaimsRead, type Said } from './claim.js';
import { formItem, type Form } from './form-items.js';
import { oneAnswer, type OneAnswer } from './response-answer.js';
import type { Answer, ResponseItem } from './response-items.js';

/** A response while it is read. Only what the form shows counts, so that is all that is asked for here. */
export type Response = {
  readonly form: Form;
  readonly asOf: Instant;
  /** The items of a question or group that is shown. A form gives one at most, of a group that repeats one for each time. */
  readonly itemsOf: (linkId: string) => readonly ResponseItem[];
};

/** One fact of a response. */
export type FactOf<Kind extends SentFact = SentFact> = { readonly fact: Kind; readonly response: Response };

/** The answers among some items. */
export const answersIn = (items: readonly ResponseItem[]): readonly Answer[] =>
  items.flatMap(({ answers }) => answers);

/** The one answer that counts to a question of the form. Null where there is none. */
export const answerTo = ({ form, itemsOf }: Response, linkId: string): OneAnswer | null =>
  oneAnswer(answersIn(itemsOf(linkId)), formItem(form, linkId));

/** What an answer says of a fact. */
export const claimOf = (fact: SentFact, said: Said, pointer: string): ClaimsRead => ({
  ...NOTHING_READ,
  claims: [{ said, from: { fact: fact.id, pointer } }],
});

/** Something that a clinician should know, and nothing else. */
export const remarkOf = (pointer: string, code: DataQuality['code'], detail: string): ClaimsRead => ({
  ...NOTHING_READ,
  remarks: [{ pointer, code, detail }],
});

/** That an answer was given which cannot be read. */
export const unreadableAt = (pointer: string): ClaimsRead =>
  remarkOf(pointer, 'unreadable', 'an answer that cannot be read: what it would tell counts as unknown');

/** A fact that is unknown though it was answered. */
export const unknownOf = (fact: SentFact, reason: UnknownReason, pointer: string): ClaimsRead =>
  claimOf(fact, { kind: 'unknown', reason }, pointer);
