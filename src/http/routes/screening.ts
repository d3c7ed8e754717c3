import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { JsonValue } from '../../values/json.js';
import { readIntake } from '../../formats/intake/read-intake.js';
import { writeAnswer, writeFindings } from '../../formats/intake/write-answer.js';
import { writeNext } from '../../formats/intake/write-next.js';
import { findDecision } from '../../services/find-decision.js';
import { nextQuestions } from '../../services/next-questions.js';
import { screenOnce, type ScreenedOnce } from '../../services/screen-once.js';
import type { Answered } from '../../services/screen-patient.js';
import { LOCAL_CLIENT, LOCAL_ORGANISATION, type AppContext } from '../app-context.js';
import { readIdempotencyKey } from '../idempotency-key.js';
import { documented } from '../openapi/operation.js';
import { Problem } from '../problem.js';
import { FIND_DECISION, NEXT_QUESTIONS, SCREEN_PATIENT } from './screening-operations.js';

const WRITER = { answer: writeAnswer, findings: writeFindings };

type WithBody = { Body: JsonValue };

type WithId = { Params: { id: string } };

/** A request without a body reaches a route as undefined: to a reader it is null, which is no intake. */
const bodyOf = (request: FastifyRequest<WithBody>): JsonValue => request.body ?? null;

const answeredOf = (screened: ScreenedOnce): Answered => {
  if (screened.kind === 'other-body') throw new Problem('idempotency-key-reused');
  if (screened.kind === 'still-running') throw new Problem('still-running');
  if (!screened.result.ok) throw new Problem('invalid-intake', screened.result.issues);
  return screened.result.value;
};

const screenHandler =
  ({ ports, inForce, once }: AppContext) =>
  async (request: FastifyRequest<WithBody>, reply: FastifyReply): Promise<FastifyReply> => {
    const key = readIdempotencyKey(request.headers['idempotency-key']);
    const context = { ports, inForce, once, organisation: LOCAL_ORGANISATION, write: WRITER };
    const asked = { client: LOCAL_CLIENT, path: '/screen', key };
    const screened = await screenOnce(readIntake(bodyOf(request)), asked, context);
    const { id, answer } = answeredOf(screened);
    if (screened.kind === 'screened' && screened.repeated) reply.header('idempotent-replayed', 'true');
    return reply.header('location', `/decisions/${id}`).type('application/json').send(answer);
  };

/** `POST /screen`, `POST /intake/next` and `GET /decisions/{id}`: everything that deals with a patient. */
export const screeningRoutes = (app: FastifyInstance, context: AppContext): void => {
  const { ports, inForce } = context;
  app.post<WithBody>('/screen', { schema: documented(SCREEN_PATIENT) }, screenHandler(context));

  app.post<WithBody>('/intake/next', { schema: documented(NEXT_QUESTIONS) }, async (request, reply) => {
    const next = nextQuestions(readIntake(bodyOf(request)), ports, inForce);
    if (!next.ok) throw new Problem('invalid-intake', next.issues);
    return reply.send(writeNext(next.value));
  });

  app.get<WithId>('/decisions/:id', { schema: documented(FIND_DECISION) }, async (request, reply) => {
    const stored = await findDecision(request.params.id, LOCAL_ORGANISATION, ports);
    if (stored === null) throw new Problem('not-found');
    const body = `${stored.answer.slice(0, -1)},"findings":${stored.findings}}`;
    return reply.type('application/json').send(body);
  });
};
