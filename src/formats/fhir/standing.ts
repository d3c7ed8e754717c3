import { elapsedMs, parseDuration } from '../../values/duration.js';
import type { SentFact } from '../../rules/fact.js';
import type { FactValue, UnknownReason } from '../../screening/facts.js';
import type { DataQualityCode } from '../../screening/intake.js';
import { NOTHING_READ, type Claim, type ClaimsRead } from './claim.js';
import type { Match } from './fact-codes.js';
import { placeIn, remarkOn, type PatientRecord } from './under.js';

/** What a record says of the thing that it names: that it is there, that it is over, and so on. */
export type Standing = 'present' | 'over' | 'suspected' | 'ruled-out' | 'withdrawn' | 'unreadable';

/** How long what was recorded counts as an answer where the dictionary does not say. A declared policy: no source gives one number for all. */
const CURRENT_FOR = 'P30D';

/** How long what was recorded answers a fact, in milliseconds. */
export const currentForMs = ({ currentFor = CURRENT_FOR }: SentFact): number =>
  elapsedMs(parseDuration(currentFor));

/** The words of the remark that a standing calls for. */
const REMARKS: Readonly<
  Record<Exclude<Standing, 'present'>, { readonly code: DataQualityCode; readonly detail: string }>
> = {
  over: {
    code: 'over',
    detail: 'this record tells of something that is over: see each question for what that means',
  },
  suspected: { code: 'suspected', detail: 'this record tells of a suspicion: ask what became of it' },
  'ruled-out': {
    code: 'ruled-out',
    detail: 'this record says that something was ruled out: that settles no question, so ask',
  },
  withdrawn: { code: 'withdrawn', detail: 'this record was entered in error or cancelled: it was not used' },
  unreadable: {
    code: 'unreadable',
    detail: 'this record does not say in a form that can be read whether it counts',
  },
};

const unknown = (reason: UnknownReason): FactValue => ({ kind: 'unknown', reason });

/** The answer for which a code stands where its thing is there. Unknown where the dictionary does not say which of the options that is. */
const answerOf = ({ fact, by }: Match): FactValue | null => {
  if (fact.type === 'boolean') return { kind: 'boolean', value: by.answer !== 'no' };
  if (fact.type !== 'code') return null;
  return by.answer === undefined ? unknown('unreadable') : { kind: 'code', value: by.answer };
};

/** What something that is over says: yes, where the question is about the whole life; nothing, where it is about now; else it is not known. */
const answerOver = (match: Match): FactValue | null => {
  if (match.fact.tense === 'now') return null;
  return match.fact.tense === 'ever' ? answerOf(match) : unknown('asked-unknown');
};

const saidBy = (match: Match, standing: Standing): FactValue | null => {
  switch (standing) {
    case 'present':
      return answerOf(match);
    case 'over':
      return answerOver(match);
    case 'suspected':
      return unknown('asked-unknown');
    case 'unreadable':
      return unknown('unreadable');
    case 'ruled-out':
    case 'withdrawn':
      return null;
  }
};

/** A record that was entered in error or cancelled says nothing at all. */
export const withdrawn = (record: PatientRecord): ClaimsRead => ({
  ...NOTHING_READ,
  remarks: [remarkOn(record, REMARKS.withdrawn.code, REMARKS.withdrawn.detail)],
});

const isAnswered = ({ fact }: Match): boolean => fact.type === 'boolean' || fact.type === 'code';

/**
 * What a record with a standing says of the facts that its codes are about. Numbers, dates and lists are not answered by the mere presence of something.
 * INVARIANT: nothing here ever says no but a code of which the dictionary says that it does.
 */
export const claimsOf = (
  matches: readonly Match[],
  standing: Standing,
  record: PatientRecord,
): ClaimsRead => {
  const about = matches.filter(isAnswered);
  const claims = about.flatMap((match): readonly Claim[] => {
    const said = saidBy(match, standing);
    return said === null ? [] : [{ said, from: placeIn(record, match.fact.id, 'code') }];
  });
  const remark = standing === 'present' || about.length === 0 ? null : REMARKS[standing];
  return {
    claims,
    remarks: remark === null ? [] : [remarkOn(record, remark.code, remark.detail)],
    unmapped: [],
  };
};
