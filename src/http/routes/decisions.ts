import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readResolution } from '../../formats/resolution/read-resolution.js';
import { answerOnce } from '../../services/answer-once.js';
import { findDecision } from '../../services/find-decision.js';
import { findKept } from '../../services/kept-decision.js';
import { recordRead } from '../../services/record-read.js';
import { resolveDecision } from '../../services/resolve-decision.js';
import type { AppContext } from '../app-context.js';
import { answeredOf, askedOnce, sendAnswered } from '../asked-once.js';
import { documented } from '../openapi/operation.js';
import { principalOf } from '../principal.js';
import { Problem } from '../problem.js';
import type { WithBody } from '../request-body.js';
import { FIND_DECISION, RESOLVE_DECISION } from './decisions-operations.js';

type WithId = { Params: { id: string } };

const resolutionHandler =
  ({ ports, once }: AppContext) =>
  async (request: FastifyRequest<WithId & WithBody>, reply: FastifyReply): Promise<FastifyReply> => {
    const { id } = request.params;
    const decision = await findKept(id, principalOf(request).organisation, ports);
    if (decision === null) throw new Problem('not-found');
    const asked = askedOnce(request, `/decisions/${decision.id}/resolution`);
    const read = readResolution(asked.body);
    if (!read.ok) throw new Problem('invalid-resolution', read.issues);
    const outcome = await answerOnce(asked, once, (recorded) =>
      resolveDecision(read.value, { ports, organisation: asked.organisation, decision, ...recorded }),
    );
    return sendAnswered(reply.code(201), answeredOf(outcome, 'invalid-resolution'));
  };

/** `GET /decisions/{id}` and `POST …/resolution`: what was decided, and what came of it. */
export const decisionsRoutes = (app: FastifyInstance, context: AppContext): void => {
  const { ports } = context;
  app.get<WithId>('/decisions/:id', { schema: documented(FIND_DECISION) }, async (request, reply) => {
    const { id } = request.params;
    const principal = principalOf(request);
    const stored = await findDecision(id, principal.organisation, ports);
    if (stored === null) throw new Problem('not-found');
    await recordRead({ principal, operation: FIND_DECISION.operationId, told: { ids: [id] } }, ports);
    const { answer, findings, resolutions, supersededBy } = stored;
    const since = `"resolutions":[${resolutions.join()}],"supersededBy":${JSON.stringify(supersededBy)}`;
    const body = `${answer.slice(0, -1)},"findings":${findings},${since}}`;
    return reply.type('application/json').send(body);
  });

  app.post<WithId & WithBody>(
    '/decisions/:id/resolution',
    { schema: documented(RESOLVE_DECISION) },
    resolutionHandler(context),
  );
};
