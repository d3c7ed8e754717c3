import type { FastifyInstance } from 'fastify';
import { NATIVE } from '../../formats/intake/write-answer.js';
import { writeHypothetical, writeReplay } from '../../formats/replay/write-replay.js';
import { recordRead } from '../../services/record-read.js';
import { replayDecision, type Replayed } from '../../services/replay-decision.js';
import type { JsonObject } from '../../values/json.js';
import type { AppContext } from '../app-context.js';
import { documented } from '../openapi/operation.js';
import { principalOf } from '../principal.js';
import { Problem } from '../problem.js';
import { readQuery } from '../query.js';
import { REPLAY_DECISION } from './replay-operation.js';

const answerOf = (id: string, replayed: Replayed): JsonObject => {
  switch (replayed.kind) {
    case 'replayed':
      return writeReplay(id, replayed.replay);
    case 'hypothetical':
      return writeHypothetical(id, replayed.replay);
    case 'unknown-version':
      throw new Problem('invalid-query', [replayed.issue]);
    case 'not-found':
    case 'version-gone':
      throw new Problem(replayed.kind);
  }
};

/** `POST /decisions/{id}/replay`: whether a decision would be made again, or what another version would have said. */
export const replayRoutes = (app: FastifyInstance, { ports, rulebooks }: AppContext): void => {
  app.post<{ Params: { id: string } }>(
    '/decisions/:id/replay',
    { schema: documented(REPLAY_DECISION) },
    async (request, reply) => {
      const { id } = request.params;
      const principal = principalOf(request);
      const { organisation } = principal;
      const { version = null } = readQuery(request.query, ['version']);
      const replaying = { organisation, ports, rulebooks, write: NATIVE };
      const answer = answerOf(id, await replayDecision({ id, version }, replaying));
      await recordRead({ principal, operation: REPLAY_DECISION.operationId, told: { ids: [id] } }, ports);
      return reply.send(answer);
    },
  );
};
