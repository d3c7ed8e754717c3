import type { FastifyInstance } from 'fastify';
import { writeReplay } from '../../formats/replay/write-replay.js';
import { findDecision } from '../../services/find-decision.js';
import { replayDecision } from '../../services/replay-decision.js';
import { LOCAL_ORGANISATION, type AppContext } from '../app-context.js';
import { documented } from '../openapi/operation.js';
import { Problem } from '../problem.js';
import { NATIVE } from '../screen-request.js';
import { FIND_DECISION, REPLAY_DECISION } from './decisions-operations.js';

type WithId = { Params: { id: string } };

/** `GET /decisions/{id}` and `POST /decisions/{id}/replay`: what was decided, and whether it would be decided again. */
export const decisionsRoutes = (app: FastifyInstance, { ports }: AppContext): void => {
  app.get<WithId>('/decisions/:id', { schema: documented(FIND_DECISION) }, async (request, reply) => {
    const stored = await findDecision(request.params.id, LOCAL_ORGANISATION, ports);
    if (stored === null) throw new Problem('not-found');
    const { answer, findings, resolutions } = stored;
    const body = `${answer.slice(0, -1)},"findings":${findings},"resolutions":${JSON.stringify(resolutions)}}`;
    return reply.type('application/json').send(body);
  });

  app.post<WithId>(
    '/decisions/:id/replay',
    { schema: documented(REPLAY_DECISION) },
    async (request, reply) => {
      const { id } = request.params;
      const replayed = await replayDecision(id, LOCAL_ORGANISATION, { ports, write: NATIVE });
      if (replayed.kind !== 'replayed') throw new Problem(replayed.kind);
      return reply.send(writeReplay(id, replayed.replay));
    },
  );
};
