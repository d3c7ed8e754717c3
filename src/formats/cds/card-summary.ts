import type { z } from 'zod';
import type { answerSchema } from '../intake/answer-schema.js';
import { TREATMENT_NAME } from './treatment.js';

/** The native answer, as cards are made of it. */
export type NativeAnswer = z.infer<typeof answerSchema>;

/** A summary must be shorter than 140 characters. */
const MOST = 139;

const cut = (text: string): string => {
  const signs = Array.from(text.replace(/\s+/g, ' ').trim());
  let kept = signs.slice(0, MOST).join('');
  while (kept.length > MOST) kept = Array.from(kept).slice(0, -1).join('');
  return signs.length <= MOST && kept === signs.join('') ? kept : `${kept.slice(0, -1).trimEnd()}…`;
};

const andMore = (first: string, count: number): string =>
  count > 1 ? `${first}, and ${count - 1} more` : first;

const reasonsIn = ({ reasons }: NativeAnswer, severity: string): readonly string[] =>
  reasons.filter((reason) => reason.severity === severity).map(({ title }) => title);

const saidOf = (answer: NativeAnswer): string => {
  const { verdict, missing } = answer;
  const absolute = reasonsIn(answer, 'absolute');
  const relative = reasonsIn(answer, 'relative');
  if (verdict === 'ineligible') return `contraindicated. ${andMore(absolute[0] ?? '', absolute.length)}`;
  if (verdict === 'eligible') return 'no contraindication found by this screening';
  const open = `${missing.length} ${missing.length === 1 ? 'answer is' : 'answers are'} missing`;
  if (relative.length === 0) return `not cleared. ${open}`;
  const weighed = `to be weighed: ${andMore(relative[0] ?? '', relative.length)}`;
  return verdict === 'incomplete' ? `not cleared. ${open}; ${weighed}` : weighed;
};

/** The verdict in one line of plain text, for a list of cards. */
export const summaryOf = (answer: NativeAnswer): string => cut(`${TREATMENT_NAME}: ${saidOf(answer)}`);
