import { serverNamedIn, type FhirServer } from '../formats/cds/fhir-server.js';
import type { HookRead } from '../formats/cds/hook-intake.js';
import { keptRequest } from '../formats/cds/kept-request.js';
import { readHook, type HookCall } from '../formats/cds/read-hook.js';
import { templatesOf } from '../formats/cds/templates.js';
import type { HookService } from '../formats/cds/treatment.js';
import { cardsOf, NO_CARDS, unclearCards } from '../formats/cds/write-cards.js';
import { NATIVE } from '../formats/intake/write-answer.js';
import { answerOnce, type AnswerGiven, type Recorded, type Request } from '../services/answer-once.js';
import { defaultInForce } from '../services/rule-sets.js';
import { screenPatient } from '../services/screen-patient.js';
import { CARDS_PART, type AnswerWriter } from '../services/stored-decision.js';
import type { JsonObject } from '../values/json.js';
import { success, type Result } from '../values/result.js';
import type { AppContext } from './app-context.js';
import { answeredOf } from './asked-once.js';
import { fillCall, readWhole, type Reading } from './fill-hook.js';
import { Problem } from './problem.js';

/** What a hook is answered with: cards, and whether they were given before. */
type HookAnswered = AnswerGiven & { readonly repeated: boolean };

/** A call of a hook as it was received: for which service, and a signal that is aborted once nobody waits for the answer any more. */
export type HookAsked = {
  readonly asked: Request;
  readonly service: HookService;
  readonly requestId: string;
  readonly gone: AbortSignal;
};

const writerFor = ({ id }: HookService, base: string | null): AnswerWriter => ({
  ...NATIVE,
  cards: (decision, newId) => ({ service: id, ...cardsOf(decision, { newId, base }) }),
});

const NO_PATIENT = {
  pointer: '/prefetch/patient',
  code: 'missing-key',
  detail: 'must be the Patient that `/context/patientId` names',
} as const;

type Read<Kind extends HookRead['kind']> = HookRead & { readonly kind: Kind };

/** What is answered where nothing is screened. @throws Problem where the patient cannot be had */
const unscreened = (read: Exclude<HookRead, Read<'intake'>>, { reception }: AppContext): JsonObject => {
  switch (read.kind) {
    case 'silent':
      return NO_CARDS;
    case 'unclear':
      return unclearCards(read.orders, reception.publicUrl);
    case 'no-patient':
      throw new Problem('patient-missing', [NO_PATIENT]);
  }
};

const screened = async (
  { intake }: Read<'intake'>,
  { asked, service, recorded }: HookAsked & { readonly recorded: Recorded },
  { ports, rulebooks, meters, reception }: AppContext,
): Promise<Result<AnswerGiven>> => {
  const write = writerFor(service, reception.publicUrl);
  const { organisation } = asked;
  const { screened: tell } = meters.screening;
  return screenPatient(intake, { ports, rulebooks, organisation, write, tell, ...recorded });
};

/** The templates are of the version that is known to be in force: one that another process put there is met with the next call at the latest. */
const readingFor = ({ requestId, gone }: HookAsked, context: AppContext): Reading => {
  const { products, logger, rulebooks } = context;
  const templates = templatesOf(defaultInForce(rulebooks.known())?.body ?? null);
  return { products, logger, templates, requestId, gone };
};

/** The FHIR server that may be asked for what a call lacks; null where none may, which the log of the service says where the call names one. */
const serverFor = (call: HookCall, { requestId }: HookAsked, context: AppContext): FhirServer | null => {
  const named = serverNamedIn(call.received, context.reception.fhirServers);
  if (named.kind === 'not-asked')
    context.logger.warn({ requestId, why: named.why }, 'the FHIR server of a call was not asked');
  return named.kind === 'may-be-asked' ? named.server : null;
};

/**
 * Answers a call of a hook, once only for its idempotency key. The token of the EHR, which differs at every attempt, is no part of what must be the same, and
 * neither is what its server answers: whoever sends a call again gets what was stored, and the server is not asked again.
 * @throws Problem with every fault of the call; where the patient cannot be had; or where its key cannot be honoured. LogUnavailableError where the decision could
 *         not be made durable
 */
export const hookRequest = async (asking: HookAsked, context: AppContext): Promise<HookAnswered> => {
  const call = readHook(asking.asked.body, asking.service);
  if (!call.ok) throw new Problem('invalid-hook', call.issues);
  const reading = readingFor(asking, context);
  const whole = readWhole(call.value, reading);
  const server = whole.lacks.length === 0 ? null : serverFor(call.value, asking, context);
  if (server === null && whole.read.kind !== 'intake')
    return { answer: JSON.stringify(unscreened(whole.read, context)), repeated: false };
  const request = { ...asking.asked, body: keptRequest(call.value), part: CARDS_PART };
  const outcome = await answerOnce<AnswerGiven>(request, context.once, async (recorded) => {
    const read = server === null ? whole.read : await fillCall(whole, server, reading);
    return read.kind === 'intake'
      ? screened(read, { ...asking, recorded }, context)
      : success({ answer: JSON.stringify(unscreened(read, context)) });
  });
  return answeredOf(outcome, 'invalid-hook');
};
