import { json, NOT_MODIFIED, type Operation } from '../openapi/operation.js';

/** `GET /rules/{set}/versions/{from}/diff/{to}`. */
export const COMPARE_VERSIONS: Operation = {
  operationId: 'compareVersions',
  summary: 'What changed between two versions',
  description:
    'The difference of any two versions of a rule set, older or newer, as a structure for programs and in sentences for people. Each change says what it is about, whether a screening can see it, and what stood and stands where. Of two released versions it never changes for one version of the service.',
  tag: 'rule history',
  scope: 'rules:read',
  parameters: ['RuleSetId', 'FromVersion', 'ToVersion', 'IfNoneMatch'],
  answers: {
    200: { description: 'The difference.', headers: ['NoCache', 'ETag'], body: json('RuleSetDifference') },
    304: NOT_MODIFIED,
  },
  problems: ['not-found', 'not-acceptable', 'invalid-query'],
};

/** `GET /rules/{set}/rules/{ruleId}/history`. */
export const RULE_HISTORY: Operation = {
  operationId: 'ruleHistory',
  summary: 'The history of a rule',
  description:
    'What each loaded version of a rule set made of one rule, oldest first: whether it was added, changed, left as it was or removed, with the rule where it is new or changed. Changes of the facts behind a rule are told too.',
  tag: 'rule history',
  scope: 'rules:read',
  parameters: ['RuleSetId', 'RuleId', 'IfNoneMatch'],
  answers: {
    200: { description: 'The history.', headers: ['NoCache', 'ETag'], body: json('RuleHistory') },
    304: NOT_MODIFIED,
  },
  problems: ['not-found', 'not-acceptable', 'invalid-query'],
};
