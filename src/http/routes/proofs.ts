import type { FastifyInstance } from 'fastify';
import {
  writeCheckpoint,
  writeConsistencyProof,
  writeInclusionProof,
} from '../../formats/audit/write-proof.js';
import { checkpointAt, logNameOf } from '../../services/checkpoints.js';
import { proveConsistency, proveDecision, type Proven } from '../../services/prove.js';
import type { AppContext } from '../app-context.js';
import { badPlace, sizeIn } from '../log-size.js';
import { recordRead } from '../../services/record-read.js';
import { documented } from '../openapi/operation.js';
import { principalOf } from '../principal.js';
import { Problem } from '../problem.js';
import { readQuery } from '../query.js';
import { CHECKPOINT, PROVE_CONSISTENCY, PROVE_DECISION } from './proof-operations.js';

const proofOf = <P>(proven: Proven<P>): P => {
  if (proven.kind === 'proven') return proven.proof;
  throw new Problem(proven.kind);
};

/** `GET /audit/checkpoint`, `GET /audit/consistency` and `GET /decisions/{id}/proof`: what an auditor checks far from here. */
export const proofRoutes = (app: FastifyInstance, { ports }: AppContext): void => {
  app.get('/audit/checkpoint', { schema: documented(CHECKPOINT) }, async (request, reply) => {
    readQuery(request.query, []);
    const head = await checkpointAt(null, ports);
    if (head === null) throw new Problem('no-such-size');
    return reply.send(writeCheckpoint(head, logNameOf(ports)));
  });

  app.get('/audit/consistency', { schema: documented(PROVE_CONSISTENCY) }, async (request, reply) => {
    const query = readQuery(request.query, ['from', 'to']);
    const [from, to] = [sizeIn(query, 'from'), sizeIn(query, 'to')];
    if (from === null)
      throw badPlace('from', 'missing-key', 'is missing: the size of a checkpoint that you kept');
    return reply.send(writeConsistencyProof(proofOf(await proveConsistency({ from, to }, ports))));
  });

  app.get<{ Params: { id: string } }>(
    '/decisions/:id/proof',
    { schema: documented(PROVE_DECISION) },
    async (request, reply) => {
      const size = sizeIn(readQuery(request.query, ['size']), 'size');
      const { id } = request.params;
      const principal = principalOf(request);
      const proof = proofOf(await proveDecision({ id, organisation: principal.organisation, size }, ports));
      await recordRead({ principal, operation: PROVE_DECISION.operationId, told: { ids: [id] } }, ports);
      return reply.send(writeInclusionProof(proof));
    },
  );
};
