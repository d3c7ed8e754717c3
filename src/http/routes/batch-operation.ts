import { lines, type Operation } from '../openapi/operation.js';

/** `POST /screen/batch`. */
export const SCREEN_BATCH: Operation = {
  operationId: 'screenBatch',
  summary: 'Screen many patients',
  description:
    'Takes an intake a line and answers a line for each, in the order of the lines, while they still come: read the answers while you send. Each line is screened, stored and told as `POST /screen` would; one with faults stops no other. Where the service cannot go on, because no decision can be made durable or because it stops, it reads no further. The last line is always `end`: an answer without it was cut. Send the same `Idempotency-Key` again to have what was answered before again, and the rest screened: it counts for each line by its number. A connection on which nothing moves for 30 seconds is closed.',
  tag: 'screening',
  scope: 'screen',
  parameters: ['IdempotencyKey'],
  takes: lines(
    'Intake',
    'An intake a line, each of at most 256 KiB, in UTF-8. Blank lines are passed over, and counted.',
  ),
  answers: {
    200: {
      description:
        'An answer a line, and the end. Whatever the verdicts are, and whatever faults there are, the status is 200.',
      headers: ['NoStore'],
      body: lines('BatchLine', 'A JSON object a line.'),
    },
  },
  problems: ['not-acceptable', 'invalid-query', 'invalid-header', 'stopping'],
};
