import { lines, type Operation } from '../openapi/operation.js';

/** `GET /audit/export`. */
export const EXPORT_LOG: Operation = {
  operationId: 'exportLog',
  summary: 'Take the log home',
  description:
    'The log as an auditor of an organisation may see it, a JSON object a line: first a head, then every entry in its place, and at the end a count and the checkpoint. Entries of the organisation, and those on the life of rule sets, are opened; of all others there is the hash, so that the tree can be built and compared with the checkpoint. It is an export of the log of one size: what is decided meanwhile is no part of it. Where the answer was cut, ask for the rest with `from` and the same `size`, and write it behind what came before. `ketamine-screening audit verify` checks what was taken home with the public key alone.',
  tag: 'audit',
  scope: 'audit:read',
  parameters: ['ExportFrom', 'ExportSize'],
  answers: {
    200: {
      description: 'The export. Whether it is whole is told by its last line.',
      headers: ['NoStore'],
      body: lines('ExportLine', 'A JSON object a line.'),
    },
  },
  problems: ['not-acceptable', 'no-such-size', 'invalid-query', 'stopping', 'log-unavailable'],
};
