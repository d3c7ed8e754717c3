import type { FastifyInstance } from 'fastify';
import type { JsonValue } from '../../values/json.js';
import { readIntake } from '../../formats/intake/read-intake.js';
import { writeAnswer, writeFindings } from '../../formats/intake/write-answer.js';
import { writeNext } from '../../formats/intake/write-next.js';
import { findDecision } from '../../services/find-decision.js';
import { nextQuestions } from '../../services/next-questions.js';
import { screenPatient } from '../../services/screen-patient.js';
import { LOCAL_ORGANISATION, type AppContext } from '../app-context.js';
import { Problem } from '../problem.js';

const WRITER = { answer: writeAnswer, findings: writeFindings };

/** `POST /screen`: the verdict on an intake, sent once the decision is durable. */
export const screenRoute = (app: FastifyInstance, { ports, inForce }: AppContext): void => {
  app.post<{ Body: JsonValue }>('/screen', async (request, reply) => {
    const context = { ports, inForce, organisation: LOCAL_ORGANISATION, write: WRITER };
    const screened = await screenPatient(readIntake(request.body), context);
    if (!screened.ok) throw new Problem('invalid-intake', screened.issues);
    return reply
      .header('location', `/decisions/${screened.value.id}`)
      .header('cache-control', 'no-store')
      .type('application/json')
      .send(screened.value.answer);
  });
};

/** `POST /intake/next`: what to ask next. No verdict, and nothing is stored. */
export const nextRoute = (app: FastifyInstance, { ports, inForce }: AppContext): void => {
  app.post<{ Body: JsonValue }>('/intake/next', async (request, reply) => {
    const next = nextQuestions(readIntake(request.body), ports, inForce);
    if (!next.ok) throw new Problem('invalid-intake', next.issues);
    return reply.header('cache-control', 'no-store').send(writeNext(next.value));
  });
};

/** `GET /decisions/{id}`: the answer as it was sent, and every rule with its truth. */
export const decisionRoute = (app: FastifyInstance, { ports }: AppContext): void => {
  app.get<{ Params: { id: string } }>('/decisions/:id', async (request, reply) => {
    const stored = await findDecision(request.params.id, LOCAL_ORGANISATION, ports);
    if (stored === null) throw new Problem('not-found');
    const body = `${stored.answer.slice(0, -1)},"findings":${stored.findings}}`;
    return reply.header('cache-control', 'no-store').type('application/json').send(body);
  });
};
