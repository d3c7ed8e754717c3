import type { JsonObject } from '../../src/values/json.js';
import type { ExampleToRecord } from './examples.js';
import { aCall, anOrder, rxnorm, signing } from './hook-call.js';

const calling = (name: string, summary: string, body: JsonObject): ExampleToRecord => ({
  operationId: 'callHook',
  name,
  summary,
  method: 'POST',
  path: '/cds-services/ketamine-order-sign',
  body,
});

/** The examples of the paths for EHRs, in the order in which they are recorded. */
export const hookExamples = (): readonly ExampleToRecord[] => [
  {
    operationId: 'listCdsServices',
    name: 'services',
    summary: 'The three services',
    method: 'GET',
    path: '/cds-services',
  },
  calling('incomplete', 'An order for ketamine, and hardly anything known', aCall('order-sign')),
  calling(
    'silent',
    'An order for another medicine: nothing is said, and nothing stored',
    signing(anOrder({ medicationCodeableConcept: rxnorm('1191', 'aspirin') })),
  ),
  calling('no-patient', 'The Patient was not sent', aCall('order-sign', { prefetch: {} })),
  calling('faults', 'A call of another hook', { ...aCall('order-sign'), hook: 'order-select' }),
  {
    operationId: 'sendFeedback',
    name: 'unmatched',
    summary: 'On a card that is not known',
    method: 'POST',
    path: '/cds-services/ketamine-order-sign/feedback',
    body: {
      feedback: [
        {
          card: '4c5b8a40-7d2f-4e7e-9a39-0d7b1d2f3c11',
          outcome: 'overridden',
          overrideReason: {
            reason: { system: 'urn:ketamine-screening:override-reason', code: 'verified-not-present' },
            userComment: 'Asked again today.',
          },
          outcomeTimestamp: '2026-03-02T09:31:00.000Z',
        },
      ],
    },
  },
  {
    operationId: 'reportFeedback',
    name: 'none',
    summary: 'Before there was any',
    method: 'GET',
    path: '/audit/feedback?to=2026-01-01T00:00:00Z',
  },
];
