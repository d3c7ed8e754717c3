import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { JsonValue } from '../../values/json.js';
import { readIntake } from '../../formats/intake/read-intake.js';
import { writeNext } from '../../formats/intake/write-next.js';
import { nextQuestions } from '../../services/next-questions.js';
import type { AppContext } from '../app-context.js';
import { readIdempotencyKey } from '../idempotency-key.js';
import { documented } from '../openapi/operation.js';
import { Problem } from '../problem.js';
import { screenRequest } from '../screen-request.js';
import { NEXT_QUESTIONS, SCREEN_PATIENT } from './screening-operations.js';

type WithBody = { Body: JsonValue };

/** A request without a body reaches a route as undefined: to a reader it is null, which is no intake. */
const bodyOf = (request: FastifyRequest<WithBody>): JsonValue => request.body ?? null;

const screenHandler =
  (context: AppContext) =>
  async (request: FastifyRequest<WithBody>, reply: FastifyReply): Promise<FastifyReply> => {
    const key = readIdempotencyKey(request.headers['idempotency-key']);
    const asked = { received: bodyOf(request), path: '/screen', key };
    const { id, answer, repeated } = await screenRequest(asked, context);
    if (repeated) reply.header('idempotent-replayed', 'true');
    return reply.header('location', `/decisions/${id}`).type('application/json').send(answer);
  };

/** `POST /screen` and `POST /intake/next`: an intake, and what comes of it. */
export const screeningRoutes = (app: FastifyInstance, context: AppContext): void => {
  const { ports, inForce } = context;
  app.post<WithBody>('/screen', { schema: documented(SCREEN_PATIENT) }, screenHandler(context));

  app.post<WithBody>('/intake/next', { schema: documented(NEXT_QUESTIONS) }, async (request, reply) => {
    const next = nextQuestions(readIntake(bodyOf(request)), ports, inForce);
    if (!next.ok) throw new Problem('invalid-intake', next.issues);
    return reply.send(writeNext(next.value));
  });
};
