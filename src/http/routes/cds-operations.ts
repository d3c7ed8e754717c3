import { json, NOT_MODIFIED, type Operation } from '../openapi/operation.js';
import { WITH_BODY } from '../openapi/problems.js';

/** `GET /cds-services`. */
export const LIST_CDS_SERVICES: Operation = {
  operationId: 'listCdsServices',
  summary: 'The CDS services (discovery)',
  description:
    'The discovery document of CDS Hooks 2.0. Anyone may have it; a credential that is sent with it is not looked at.',
  tag: 'EHR',
  scope: null,
  parameters: ['IfNoneMatch'],
  answers: {
    200: {
      description: 'The discovery document.',
      headers: ['NoCache', 'ETag'],
      body: json('CdsServices'),
    },
    304: NOT_MODIFIED,
  },
  problems: ['not-acceptable', 'invalid-query'],
};

/** `POST /cds-services/{id}`. */
export const CALL_HOOK: Operation = {
  operationId: 'callHook',
  summary: 'Call a CDS service (a hook)',
  description:
    'Screens the patient of a call of a hook, where an order that was sent is one for the treatment, and answers with one card. The decision is written to the log first, as every other is. Where no order is for the treatment there is no card, and nothing is stored. What the prefetch lacks is asked of the FHIR server of the EHR, where the service may ask it, and counts as unknown otherwise. The token of the EHR is not kept.',
  tag: 'EHR',
  scope: 'screen',
  parameters: ['CdsServiceId', 'IdempotencyKey'],
  takes: json('HookRequest'),
  answers: {
    200: {
      description: 'The cards.',
      headers: ['NoStore', 'IdempotentReplayed'],
      body: json('HookAnswer'),
    },
  },
  problems: [
    'not-found',
    'not-acceptable',
    'patient-missing',
    'invalid-query',
    ...WITH_BODY,
    'invalid-header',
    'invalid-hook',
    'idempotency-key-reused',
    'still-running',
    'log-unavailable',
    'rules-unusable',
  ],
};

/** `POST /cds-services/{id}/feedback`. */
export const SEND_FEEDBACK: Operation = {
  operationId: 'sendFeedback',
  summary: 'Tell what became of cards (feedback)',
  description:
    'Writes to the log whether clinicians took what cards suggested, or went on all the same and why. All of a batch is kept or none of it; a card that is told of twice is kept twice, and one that is not known is kept as such.',
  tag: 'EHR',
  scope: 'screen',
  parameters: ['CdsServiceId', 'IdempotencyKey'],
  takes: json('FeedbackRequest'),
  answers: {
    200: {
      description: 'What was kept.',
      headers: ['NoStore', 'IdempotentReplayed'],
      body: json('FeedbackReceipt'),
    },
  },
  problems: [
    'not-found',
    'not-acceptable',
    ...WITH_BODY,
    'invalid-feedback',
    'invalid-header',
    'idempotency-key-reused',
    'still-running',
    'invalid-query',
    'log-unavailable',
  ],
};

/** `GET /audit/feedback`. */
export const REPORT_FEEDBACK: Operation = {
  operationId: 'reportFeedback',
  summary: 'What clinicians made of cards',
  description:
    'How often each rule of each version was shown on a card, accepted and overridden, and for which reasons. It is counted anew from the log, and tells of no patient.',
  tag: 'audit',
  scope: 'audit:read',
  parameters: ['HeardFrom', 'HeardTo'],
  answers: { 200: { description: 'The report.', headers: ['NoStore'], body: json('FeedbackReport') } },
  problems: ['not-acceptable', 'invalid-query', 'log-unavailable'],
};
