import { fhir, json, type Operation } from '../openapi/operation.js';
import { WITH_BODY } from '../openapi/problems.js';

/** `POST /screen`. */
export const SCREEN_PATIENT: Operation = {
  operationId: 'screenPatient',
  summary: 'Screen a patient',
  description:
    'Reads the intake under the rule-set version that it names, or the one in force; evaluates every rule; writes the decision to the log; and only then answers. Every fault of the intake is told at once, with its place, and then nothing is stored. With `application/fhir+json` it takes the records of an EHR: what a record cannot say counts as unknown and is told under `dataQuality`, and `provenance` says from where each fact comes. Where the decision cannot be made durable the answer is a 503 and no verdict.',
  tag: 'screening',
  scope: 'screen',
  parameters: [
    'IdempotencyKey',
    'FhirAsOf',
    'FhirRuleSet',
    'FhirVersion',
    'FhirRetrospective',
    'FhirSupersedes',
    'FhirRoute',
    'FhirPhase',
  ],
  takes: [json('Intake'), fhir('FhirRecords')],
  answers: {
    200: {
      description: 'The decision. Whatever the verdict is, the status is 200.',
      headers: ['NoStore', 'Location', 'IdempotentReplayed'],
      body: [json('Answer'), fhir('GuidanceResponse')],
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

/** `POST /intake/next`. */
export const NEXT_QUESTIONS: Operation = {
  operationId: 'nextQuestions',
  summary: 'What to ask next',
  description:
    'Takes the facts so far, in the form of an intake, and answers which facts could still change the verdict (`missing`, most important first) and which could only add to it (`alsoUseful`). It gives no verdict, and nothing is stored.',
  tag: 'intake',
  scope: 'intake:submit',
  takes: json('Intake'),
  answers: {
    200: { description: 'What to ask next.', headers: ['NoStore'], body: json('NextQuestions') },
  },
  problems: ['not-acceptable', 'invalid-query', ...WITH_BODY, 'invalid-intake', 'rules-unusable'],
};
