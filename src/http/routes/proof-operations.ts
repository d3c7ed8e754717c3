import { json, type Operation } from '../openapi/operation.js';

/** `GET /audit/checkpoint`. */
export const CHECKPOINT: Operation = {
  operationId: 'checkpoint',
  summary: 'What the log is now, signed',
  description:
    'The size and the root of the log as a signed checkpoint. Keep it far from the service: a log that is cut or rewritten later does not agree with it.',
  tag: 'audit',
  scope: 'audit:read',
  answers: {
    200: { description: 'The checkpoint.', headers: ['NoStore'], body: json('Checkpoint') },
  },
  problems: ['not-acceptable', 'invalid-query', 'log-unavailable'],
};

/** `GET /decisions/{id}/proof`. */
export const PROVE_DECISION: Operation = {
  operationId: 'proveDecision',
  summary: 'Prove that a decision stands in the log',
  description:
    'The decision with all that its commitments are to, and the hashes that lead from it to the root of a checkpoint of the same size. It can be checked with the public key alone, years later, without the service.',
  tag: 'audit',
  scope: 'audit:read',
  parameters: ['DecisionId', 'ProofSize'],
  answers: {
    200: { description: 'The proof.', headers: ['NoStore'], body: json('InclusionProof') },
  },
  problems: ['not-found', 'not-acceptable', 'no-such-size', 'invalid-query', 'log-unavailable'],
};

/** `GET /audit/consistency`. */
export const PROVE_CONSISTENCY: Operation = {
  operationId: 'proveConsistency',
  summary: 'Prove that the log only grew',
  description:
    'The hashes that show that the log of the size `to` begins with the log of the size `from`. Compare `from` with a checkpoint that you kept.',
  tag: 'audit',
  scope: 'audit:read',
  parameters: ['ConsistencyFrom', 'ConsistencyTo'],
  answers: {
    200: { description: 'The proof.', headers: ['NoStore'], body: json('ConsistencyProof') },
  },
  problems: ['not-acceptable', 'no-such-size', 'invalid-query', 'log-unavailable'],
};
