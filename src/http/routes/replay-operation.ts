import { json, type Operation } from '../openapi/operation.js';
import { WITH_BODY } from '../openapi/problems.js';

/** `POST /decisions/{id}/replay`. */
export const REPLAY_DECISION: Operation = {
  operationId: 'replayDecision',
  summary: 'Make a decision again, or ask what another version would have said',
  description:
    'Evaluates the stored facts again, at the moment at which they were judged. Under the version that decided, it compares every word of the answer and the truth of every rule. With `?version=` it tells what another version of the same rule set would have said: `hypothetical` is then true. The facts are carried to that version as they were stored; what it does not declare is named under `notUnderstood`, what it declares otherwise is unknown to it and named under `changedType`, and what only it asks for is unknown. It takes no body, and nothing is stored.',
  tag: 'screening',
  scope: 'decisions:read',
  parameters: ['DecisionId', 'VersionInstead'],
  answers: {
    200: { description: 'What came out.', headers: ['NoStore'], body: json('Replay') },
  },
  problems: [
    'not-found',
    'not-acceptable',
    ...WITH_BODY,
    'erased',
    'version-gone',
    'invalid-query',
    'log-unavailable',
  ],
};
