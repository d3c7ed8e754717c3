import type { FastifyInstance } from 'fastify';
import { readIntake } from '../../formats/intake/read-intake.js';
import { writeNext } from '../../formats/intake/write-next.js';
import { nextQuestions } from '../../services/next-questions.js';
import type { AppContext } from '../app-context.js';
import { askedOnce, sendAnswered } from '../asked-once.js';
import { documented } from '../openapi/operation.js';
import { Problem } from '../problem.js';
import { bodyOf, type WithBody } from '../request-body.js';
import { screenRequest } from '../screen-request.js';
import { NEXT_QUESTIONS, SCREEN_PATIENT } from './screening-operations.js';

/** `POST /screen` and `POST /intake/next`: an intake, and what comes of it. */
export const screeningRoutes = (app: FastifyInstance, context: AppContext): void => {
  app.post<WithBody>('/screen', { schema: documented(SCREEN_PATIENT) }, async (request, reply) => {
    const answered = await screenRequest(askedOnce(request, '/screen'), context);
    return sendAnswered(reply.header('location', `/decisions/${answered.id}`), answered);
  });

  app.post<WithBody>('/intake/next', { schema: documented(NEXT_QUESTIONS) }, async (request, reply) => {
    const next = await nextQuestions(readIntake(bodyOf(request)), context);
    if (!next.ok) throw new Problem('invalid-intake', next.issues);
    return reply.send(writeNext(next.value));
  });
};
