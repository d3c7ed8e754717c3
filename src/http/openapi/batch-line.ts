import { referenceTo } from '../../formats/wire-schemas.js';
import type { JsonObject } from '../../values/json.js';

const LINE = { type: 'integer', minimum: 1, description: 'The number of the line that it answers, from 1.' };

const COUNT = { type: 'integer', minimum: 0 };

/** The shapes of the lines of a batch: an answer, a refusal, or the end. */
export const batchLineSchema = (): JsonObject => ({
  description: 'A line of the answer to a batch.',
  oneOf: [
    {
      type: 'object',
      description: 'A line that was screened.',
      properties: {
        line: LINE,
        status: { const: 200 },
        repeated: { const: true, description: 'The answer was stored for an earlier request with this key.' },
        answer: referenceTo('Answer'),
      },
      required: ['line', 'status', 'answer'],
      additionalProperties: false,
    },
    {
      type: 'object',
      description: 'A line that was not screened, with the problem that `POST /screen` would answer.',
      properties: {
        line: LINE,
        status: { type: 'integer', minimum: 400, maximum: 599 },
        problem: { $ref: '#/components/schemas/Problem' },
      },
      required: ['line', 'status', 'problem'],
      additionalProperties: false,
    },
    {
      type: 'object',
      description: 'The last line. Where it is missing the answer was cut.',
      properties: {
        end: { const: true },
        complete: { type: 'boolean', description: 'Whether every line that was sent was read.' },
        screened: { ...COUNT, description: 'How many lines were screened.' },
        refused: { ...COUNT, description: 'How many lines were refused.' },
      },
      required: ['end', 'complete', 'screened', 'refused'],
      additionalProperties: false,
    },
  ],
});
