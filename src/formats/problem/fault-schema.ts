import { z } from 'zod';
import type { IssueCode } from '../../values/issue.js';
import { wordsOf } from '../words-of.js';

const CODES: Readonly<Record<IssueCode, string>> = {
  'not-utf8': 'the body is not UTF-8',
  'not-json': 'the body is not JSON',
  'duplicate-key': 'an object names a key twice',
  'forbidden-key': 'a key that is never taken',
  'number-out-of-range': 'a number too large for a 64-bit floating-point number',
  'lone-surrogate': 'text that holds half a character',
  'too-deep': 'arrays and objects nested too deeply',
  'too-long': 'more elements than are taken',
  'wrong-type': 'not of the type that belongs here',
  'missing-key': 'a key that must be there is not',
  'unknown-key': 'a key or parameter that does not belong here',
  'unknown-fact': 'no fact of this version',
  'unknown-code': 'none of the codes of the fact',
  'unknown-reason': 'no reason that can be sent for what is unknown',
  'unknown-rule-set': 'no rule set or version of this name is loaded',
  'unknown-decision': 'no decision has this id',
  'unit-not-accepted': 'no unit in which the fact can be sent',
  'out-of-range': 'outside the physical limits of the fact',
  'not-a-time': 'no timestamp that exists, or one without an offset',
  'not-a-date': 'no date that exists',
  'after-as-of': 'later than `asOf`',
  'as-of-in-future': '`asOf` lies more than 5 minutes after receipt',
  'as-of-in-past': '`asOf` lies more than 24 hours before receipt, and `retrospective` is not true',
  contradiction: 'cannot be true together with another fact that was sent',
  'derived-fact': 'is computed from other facts, and not sent',
  'several-patients': 'the records are of more than one patient',
};

/** The form of one fault in something that was sent. */
export const faultSchema = z
  .strictObject({
    pointer: z.string().meta({
      description:
        'JSON Pointer (RFC 6901) to the place of the fault in the body, `""` for all of it; for a query `/` and the name of the parameter.',
    }),
    code: wordsOf('The kind of fault. A code is never used again for another meaning.', CODES),
    detail: z.string().meta({
      description: 'How to mend it: keys, types, units and limits, never a value that was sent.',
    }),
  })
  .meta({ description: 'One fault in something that was sent.' });
