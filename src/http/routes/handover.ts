import type { FastifyInstance } from 'fastify';
import { readIntake } from '../../formats/intake/read-intake.js';
import { codeIn, writeHandover, writeReceipt } from '../../formats/intake/write-handover.js';
import { answerOnce } from '../../services/answer-once.js';
import { findIntake } from '../../services/find-intake.js';
import { recordRead } from '../../services/record-read.js';
import { handOverIntake } from '../../services/hand-over-intake.js';
import type { AppContext } from '../app-context.js';
import { answeredOf, askedOnce, sendAnswered } from '../asked-once.js';
import { documented } from '../openapi/operation.js';
import { principalOf } from '../principal.js';
import { Problem } from '../problem.js';
import type { WithBody } from '../request-body.js';
import { FIND_INTAKE, HAND_OVER_INTAKE } from './handover-operations.js';

const WRITER = { answer: writeHandover, receipt: writeReceipt };

type WithCode = { Params: { code: string } };

/** `POST /intakes` and `GET /intakes/{code}`: a patient's answers handed to the clinic. */
export const handoverRoutes = (app: FastifyInstance, context: AppContext): void => {
  const { ports, rulebooks, once } = context;
  app.post<WithBody>('/intakes', { schema: documented(HAND_OVER_INTAKE) }, async (request, reply) => {
    const asked = askedOnce(request, '/intakes');
    const handover = { ports, rulebooks, organisation: asked.organisation, write: WRITER };
    const outcome = await answerOnce(asked, once, (recorded) =>
      handOverIntake(readIntake(asked.body), { ...handover, ...recorded }),
    );
    const answered = answeredOf(outcome, 'invalid-intake');
    reply.code(201).header('location', `/intakes/${codeIn(answered.answer)}`);
    return sendAnswered(reply, answered);
  });

  app.get<WithCode>('/intakes/:code', { schema: documented(FIND_INTAKE) }, async (request, reply) => {
    const principal = principalOf(request);
    const found = await findIntake(request.params.code, principal.organisation, ports);
    if (found === null) throw new Problem('not-found');
    if (found.kind === 'expired') throw new Problem('expired');
    await recordRead({ principal, operation: FIND_INTAKE.operationId, told: { ids: [found.id] } }, ports);
    const body = `${found.receipt.slice(0, -1)},"intake":${found.intake}}`;
    return reply.type('application/json').send(body);
  });
};
