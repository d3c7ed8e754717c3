import { NATIVE } from '../formats/intake/write-answer.js';
import { answerOnce, type Request } from '../services/answer-once.js';
import { screenPatient } from '../services/screen-patient.js';
import type { AppContext } from './app-context.js';
import { answeredOf, type AnsweredAgain } from './asked-once.js';

/**
 * Screens an intake, in whatever format it came, once only for its idempotency key.
 * @param intake what was read of the request
 * @throws Problem with every fault of the intake, or where its key cannot be honoured; LogUnavailableError where the decision could not be
 *         made durable
 */
export const screenRequest = async (
  asked: Request,
  intake: Parameters<typeof screenPatient>[0],
  { ports, rulebooks, once, meters }: AppContext,
): Promise<AnsweredAgain> => {
  const { screened } = meters.screening;
  const context = { ports, rulebooks, organisation: asked.organisation, write: NATIVE, tell: screened };
  const outcome = await answerOnce(asked, once, (recorded) =>
    screenPatient(intake, { ...context, ...recorded }),
  );
  return answeredOf(outcome, 'invalid-intake');
};
