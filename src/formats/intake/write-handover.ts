import { z } from 'zod';
import { formatInstant, type Instant } from '../../values/instant.js';
import { showCode } from '../../values/intake-code.js';
import type { JsonObject } from '../../values/json.js';
import { readJson } from '../../values/read-json.js';
import type { RuleSet } from '../../rules/rule-set.js';
import type { Screening } from '../../screening/screen.js';
import { writeVersion } from './write-answer.js';
import { writeNext } from './write-next.js';

/** An intake that is handed over, as far as it is written. */
type Handover = {
  readonly code: string;
  readonly receivedAt: Instant;
  readonly expiresAt: Instant;
  readonly asOf: Instant;
  readonly screening: Screening;
  readonly ruleSet: RuleSet;
  readonly approval: string;
};

/** Writes what is said of an intake to the portal and to the clinic alike: when it came, how long it is kept, what it was checked under. */
export const writeReceipt = ({ receivedAt, expiresAt, ruleSet, approval }: Handover): JsonObject => ({
  receivedAt: formatInstant(receivedAt),
  expiresAt: formatInstant(expiresAt),
  ruleSet: writeVersion(ruleSet, approval),
});

/**
 * Writes the answer to a portal that hands an intake over: the code, and what is still to be asked, as `writeNext` says it.
 * INVARIANT: no verdict, no bounds and no reasons, because a portal shows it to a patient.
 */
export const writeHandover = (handover: Handover): JsonObject => {
  const { missing = [], alsoUseful = [] } = writeNext(handover);
  return {
    code: showCode(handover.code),
    ...writeReceipt(handover),
    openQuestions: handover.screening.missing.length,
    missing,
    alsoUseful,
  };
};

const withCode = z.object({ code: z.string() });

/** The code in an answer that `writeHandover` wrote, as it is shown. @throws Error where there is none */
export const codeIn = (answer: string): string => {
  const read = readJson(new TextEncoder().encode(answer));
  return withCode.parse(read.ok ? read.value : null).code;
};
