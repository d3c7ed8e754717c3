import { readCall } from '../formats/cds/hook-intake.js';
import { keptRequest } from '../formats/cds/kept-request.js';
import { readHook } from '../formats/cds/read-hook.js';
import type { HookService } from '../formats/cds/treatment.js';
import { cardsOf, NO_CARDS, unclearCards } from '../formats/cds/write-cards.js';
import { NATIVE } from '../formats/intake/write-answer.js';
import { answerOnce, type Request } from '../services/answer-once.js';
import { screenPatient } from '../services/screen-patient.js';
import { CARDS_PART, type AnswerWriter } from '../services/stored-decision.js';
import type { JsonObject } from '../values/json.js';
import type { AppContext } from './app-context.js';
import { answeredOf, type AnsweredAgain } from './asked-once.js';
import { Problem } from './problem.js';

/** What a hook is answered with: cards, and whether they were given before. */
export type HookAnswered = Omit<AnsweredAgain, 'id'>;

const plain = (cards: JsonObject): HookAnswered => ({ answer: JSON.stringify(cards), repeated: false });

const writerFor = ({ id }: HookService, base: string | null): AnswerWriter => ({
  ...NATIVE,
  cards: (decision, newId) => ({ service: id, ...cardsOf(decision, { newId, base }) }),
});

const screened = async (
  intake: Parameters<typeof screenPatient>[0],
  { asked, service }: { readonly asked: Request; readonly service: HookService },
  { ports, rulebooks, once, meters, reception }: AppContext,
): Promise<HookAnswered> => {
  const write = writerFor(service, reception.publicUrl);
  const { screened: tell } = meters.screening;
  const context = { ports, rulebooks, organisation: asked.organisation, write, tell };
  const outcome = await answerOnce(asked, once, (recorded) =>
    screenPatient(intake, { ...context, ...recorded }),
  );
  return answeredOf(outcome, 'invalid-hook');
};

/**
 * Answers a call of a hook, once only for its idempotency key. The token of the EHR, which differs at every attempt, is no part of what must be the same.
 * @throws Problem with every fault of the call; where the patient cannot be had; or where its key cannot be honoured. LogUnavailableError where the decision could
 *         not be made durable
 */
export const hookRequest = async (
  asked: Request,
  service: HookService,
  context: AppContext,
): Promise<HookAnswered> => {
  const call = readHook(asked.body, service);
  if (!call.ok) throw new Problem('invalid-hook', call.issues);
  const read = readCall(call.value, context.products);
  switch (read.kind) {
    case 'silent':
      return plain(NO_CARDS);
    case 'unclear':
      return plain(unclearCards(read.orders, context.reception.publicUrl));
    case 'no-patient':
      throw new Problem('patient-missing', [
        {
          pointer: '/prefetch/patient',
          code: 'missing-key',
          detail: 'must be the Patient that `/context/patientId` names',
        },
      ]);
    case 'intake': {
      const once = { ...asked, body: keptRequest(call.value.received), part: CARDS_PART };
      return screened(read.intake, { asked: once, service }, context);
    }
  }
};
