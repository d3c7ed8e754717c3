import { readIntake } from '../formats/intake/read-intake.js';
import { writeAnswer, writeFindings } from '../formats/intake/write-answer.js';
import { screenOnce, type ScreenedOnce } from '../services/screen-once.js';
import type { Answered } from '../services/screen-patient.js';
import type { JsonValue } from '../values/json.js';
import { LOCAL_CLIENT, LOCAL_ORGANISATION, type AppContext } from './app-context.js';
import { Problem } from './problem.js';

/** A native intake as it was received, the path that took it, and the idempotency key that it came with, if any. */
export type ScreenRequest = {
  readonly received: JsonValue;
  readonly path: string;
  readonly key: string | null;
};

/** A decision that is durable. `repeated` says that it was made for an earlier request with the same key. */
export type Screened = Answered & { readonly repeated: boolean };

/** How an answer to a native intake is written. */
export const NATIVE = { answer: writeAnswer, findings: writeFindings };

const screenedOf = (outcome: ScreenedOnce): Screened => {
  if (outcome.kind === 'other-body') throw new Problem('idempotency-key-reused');
  if (outcome.kind === 'still-running') throw new Problem('still-running');
  if (!outcome.result.ok) throw new Problem('invalid-intake', outcome.result.issues);
  return { ...outcome.result.value, repeated: outcome.repeated };
};

/**
 * Screens a native intake for the caller of a path.
 * @throws Problem with every fault of the intake, or where its key cannot be honoured; LogUnavailableError where the decision could not be
 *         made durable
 */
export const screenRequest = async (
  { received, path, key }: ScreenRequest,
  { ports, inForce, once }: AppContext,
): Promise<Screened> => {
  const context = { ports, inForce, once, organisation: LOCAL_ORGANISATION, write: NATIVE };
  return screenedOf(await screenOnce(readIntake(received), { client: LOCAL_CLIENT, path, key }, context));
};
