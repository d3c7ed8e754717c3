import type { Entry } from '../log/entry.js';
import { parseInstant, type Instant } from '../values/instant.js';
import { readCode } from '../values/intake-code.js';
import { partOf } from './entries.js';
import { expiryOf, lookupOf } from './intake-handover.js';
import type { Ports } from './ports.js';

/** What a patient has handed over: what is said of it and the intake as it was received, each as canonical JSON. Or that it is too old. */
export type FoundIntake =
  | { readonly kind: 'found'; readonly id: string; readonly receipt: string; readonly intake: string }
  | { readonly kind: 'expired' };

const hasExpired = (entry: Entry, now: Instant): boolean => {
  const receivedAt = parseInstant(entry.at);
  return receivedAt === null || expiryOf(receivedAt).epochMs <= now.epochMs;
};

/**
 * Finds what a patient has handed over to an organisation. A code that is none, or that another organisation was given, is not found, just like
 * one that never was.
 * INVARIANT: one code stands for one patient. Should two intakes have one code all the same, neither is given out.
 * @param code as a person types it
 * @throws LogUnavailableError
 */
export const findIntake = async (
  code: string,
  organisation: string,
  { log, clock }: Pick<Ports, 'log' | 'clock'>,
): Promise<FoundIntake | null> => {
  const read = readCode(code);
  const entries = read === null ? [] : await log.find({ ...lookupOf(read), organisation });
  const [entry, ...others] = entries;
  if (entry === undefined || others.length > 0) return null;
  if (hasExpired(entry, clock())) return { kind: 'expired' };
  return { kind: 'found', id: entry.id, receipt: partOf(entry, 'receipt'), intake: partOf(entry, 'intake') };
};
