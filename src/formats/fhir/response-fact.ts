import type { SentFact } from '../../rules/fact.js';
import { readSentFact } from '../intake/read-facts.js';
import { joinRead, NOTHING_READ, type ClaimsRead } from './claim.js';
import type { OneAnswer } from './response-answer.js';
import { claimOf, remarkOf, unknownOf, unreadableAt, type FactOf } from './response.js';

const faultOf = (
  fact: SentFact,
  { reason, pointer }: { reason: 'unreadable' | 'conflicting'; pointer: string },
): ClaimsRead =>
  joinRead([
    unknownOf(fact, reason, pointer),
    reason === 'unreadable'
      ? unreadableAt(pointer)
      : remarkOf(
          pointer,
          'unreadable',
          'answers that differ where one is taken: what they would tell counts as unknown',
        ),
  ]);

/** A fact that one answer tells. What the reader of native intakes would refuse is unknown. */
export const factOfAnswer = ({ fact, response }: FactOf, answer: OneAnswer | null): ClaimsRead => {
  if (answer === null) return NOTHING_READ;
  const { pointer } = answer;
  if ('fault' in answer) return faultOf(fact, { reason: answer.fault, pointer });
  const { value } = readSentFact(answer.native, { fact, asOf: response.asOf, pointer });
  return value === null
    ? faultOf(fact, { reason: 'unreadable', pointer })
    : claimOf(fact, value.value, pointer);
};
