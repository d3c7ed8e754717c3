import { json, type Operation } from '../openapi/operation.js';
import { WITH_BODY } from '../openapi/problems.js';

/** `GET /decisions/{id}`. */
export const FIND_DECISION: Operation = {
  operationId: 'findDecision',
  summary: 'Find a decision again',
  description:
    'The answer as it was sent, with every rule and its truth, so that an `eligible` verdict can be checked too, with what clinicians decided on it since and with the decisions that were made in its place.',
  tag: 'screening',
  scope: 'decisions:read',
  parameters: ['DecisionId'],
  answers: {
    200: { description: 'The stored decision.', headers: ['NoStore'], body: json('StoredDecision') },
  },
  problems: ['not-found', 'not-acceptable', 'erased', 'invalid-query', 'log-unavailable'],
};

/** `POST /decisions/{id}/resolution`. */
export const RESOLVE_DECISION: Operation = {
  operationId: 'resolveDecision',
  summary: 'Record what the clinician decided',
  description:
    'Writes what a clinician decided on a screening, and why, to the log. The screening is not changed; several resolutions may follow each other, and none is overwritten. To proceed although the screening says `ineligible` takes a reason in words.',
  tag: 'screening',
  scope: 'decisions:resolve',
  parameters: ['DecisionId', 'IdempotencyKey'],
  takes: json('ResolutionRequest'),
  answers: {
    201: {
      description: 'The resolution, as it is kept.',
      headers: ['NoStore', 'IdempotentReplayed'],
      body: json('Resolution'),
    },
  },
  problems: [
    'not-found',
    'not-acceptable',
    ...WITH_BODY,
    'erased',
    'invalid-header',
    'invalid-resolution',
    'invalid-query',
    'idempotency-key-reused',
    'still-running',
    'log-unavailable',
  ],
};
