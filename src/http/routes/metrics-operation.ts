import type { Operation } from '../openapi/operation.js';

/** `GET /metrics`. */
export const METRICS: Operation = {
  operationId: 'metrics',
  summary: 'How is the service doing?',
  description:
    'What the service counts and measures of itself, in the text format of Prometheus (0.0.4): verdicts by version, why facts were missing, requests by operation with their latency, credentials refused, the size of the log, whether it can screen, and how the process is. Nothing in it is of a patient: labels have values of closed lists, and the names of rule sets and versions. It is answered while the log cannot be used and while other requests are turned away. Counts begin at nothing when the service starts.',
  tag: 'operation',
  scope: 'admin',
  answers: {
    200: {
      description: 'The measures of now.',
      headers: ['NoStore'],
      body: {
        type: 'text/plain',
        schema: { type: 'string', description: 'The text format of Prometheus, version 0.0.4.' },
      },
    },
  },
  problems: ['not-acceptable', 'invalid-query'],
};
