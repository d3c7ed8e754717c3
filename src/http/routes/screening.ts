import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readIntake } from '../../formats/intake/read-intake.js';
import { writeAnswer, writeFindings } from '../../formats/intake/write-answer.js';
import { writeNext } from '../../formats/intake/write-next.js';
import { answerOnce } from '../../services/answer-once.js';
import { findDecision } from '../../services/find-decision.js';
import { nextQuestions } from '../../services/next-questions.js';
import { screenPatient } from '../../services/screen-patient.js';
import { LOCAL_ORGANISATION, type AppContext } from '../app-context.js';
import { answeredOf, askedOnce } from '../asked-once.js';
import { documented } from '../openapi/operation.js';
import { Problem } from '../problem.js';
import { bodyOf, type WithBody } from '../request-body.js';
import { FIND_DECISION, NEXT_QUESTIONS, SCREEN_PATIENT } from './screening-operations.js';

const WRITER = { answer: writeAnswer, findings: writeFindings };

type WithId = { Params: { id: string } };

const screenHandler =
  ({ ports, inForce, once }: AppContext) =>
  async (request: FastifyRequest<WithBody>, reply: FastifyReply): Promise<FastifyReply> => {
    const asked = askedOnce(request, '/screen');
    const context = { ports, inForce, organisation: asked.organisation, write: WRITER };
    const outcome = await answerOnce(asked, once, (recorded) =>
      screenPatient(readIntake(asked.body), { ...context, ...recorded }),
    );
    const { id, answer } = answeredOf(outcome, reply);
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
