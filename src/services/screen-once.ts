import { bodyHashOf } from '../log/body-hash.js';
import type { Result } from '../values/result.js';
import { success } from '../values/result.js';
import type { Intake } from '../screening/intake.js';
import type { OnceOnly } from './idempotency.js';
import { answerOf } from './stored-decision.js';
import { screenPatient, type Answered, type ScreeningContext } from './screen-patient.js';

/** Who asks, by which path, and under which idempotency key, if any. */
export type Request = { readonly client: string; readonly path: string; readonly key: string | null };

/** A screening that may have been made before: `repeated` says so. Or why a key cannot be honoured. */
export type ScreenedOnce =
  | { readonly kind: 'screened'; readonly result: Result<Answered>; readonly repeated: boolean }
  | { readonly kind: 'other-body' }
  | { readonly kind: 'still-running' };

/**
 * Screens an intake, once only for an idempotency key: a repeated request gets the answer that was stored for the first one.
 * @throws LogUnavailableError where the decision could not be made durable
 */
export const screenOnce = async (
  intake: Intake,
  request: Request,
  { once, ...context }: ScreeningContext & { readonly once: OnceOnly },
): Promise<ScreenedOnce> => {
  if (request.key === null)
    return { kind: 'screened', result: await screenPatient(intake, context), repeated: false };
  const idempotency = {
    organisation: context.organisation,
    client: request.client,
    path: request.path,
    key: request.key,
    bodyHash: bodyHashOf(intake.received),
  };
  const outcome = await once(idempotency, () => screenPatient(intake, { ...context, idempotency }));
  if (outcome.kind === 'first') return { kind: 'screened', result: outcome.value, repeated: false };
  if (outcome.kind !== 'repeated') return outcome;
  const { entry } = outcome.stored;
  return { kind: 'screened', result: success({ id: entry.id, answer: answerOf(entry) }), repeated: true };
};
