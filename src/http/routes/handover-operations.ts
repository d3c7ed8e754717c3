import { json, type Operation } from '../openapi/operation.js';
import { WITH_BODY } from '../openapi/problems.js';

/** `POST /intakes`. */
export const HAND_OVER_INTAKE: Operation = {
  operationId: 'handOverIntake',
  summary: 'Hand over the answers of a patient to the clinic',
  description:
    'For an intake portal. Takes an intake, checks it as `POST /screen` would, keeps it as it was received, and answers with a code for the clinic. There is no verdict in the answer, for a patient sees it; it says which questions are still open, as `POST /intake/next` does. Leave `asOf` out: the intake is then judged at the moment when the clinic screens it, while one with an `asOf` that lies more than 24 hours back is screened only with `"retrospective": true`.',
  tag: 'intake',
  scope: 'intake:submit',
  parameters: ['IdempotencyKey'],
  takes: json('Intake'),
  answers: {
    201: {
      description: 'The intake is stored, and can be fetched under the code.',
      headers: ['NoStore', 'IntakeLocation', 'IdempotentReplayed'],
      body: json('Handover'),
    },
  },
  problems: [
    'not-acceptable',
    'invalid-query',
    ...WITH_BODY,
    'invalid-header',
    'invalid-intake',
    'idempotency-key-reused',
    'still-running',
    'log-unavailable',
    'rules-unusable',
  ],
};

/** `GET /intakes/{code}`. */
export const FIND_INTAKE: Operation = {
  operationId: 'findIntake',
  summary: 'Fetch the answers of a patient',
  description:
    'For the clinic. The answers that a patient has handed over, as they were received: send `intake` to `POST /screen` as it is. They can be fetched as often as need be until `expiresAt`, and not after it. A code of another organisation, and a text that is no code, are not found, just like a code that nobody was given.',
  tag: 'intake',
  scope: 'decisions:read',
  parameters: ['IntakeCode'],
  answers: {
    200: { description: 'The answers.', headers: ['NoStore'], body: json('HandedOverIntake') },
  },
  problems: ['not-found', 'not-acceptable', 'invalid-query', 'expired', 'log-unavailable'],
};
