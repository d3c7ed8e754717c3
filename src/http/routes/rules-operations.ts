import { json, NOT_MODIFIED, type Operation } from '../openapi/operation.js';

/** `GET /rules`. */
export const LIST_RULE_SETS: Operation = {
  operationId: 'listRuleSets',
  summary: 'The rule sets',
  description:
    'Every rule set that is loaded, with the version in force, who approved that, and the names of all its versions.',
  tag: 'rule history',
  scope: 'rules:read',
  parameters: ['IfNoneMatch'],
  answers: {
    200: { description: 'The rule sets.', headers: ['NoCache', 'ETag'], body: json('RuleSetList') },
    304: NOT_MODIFIED,
  },
  problems: ['not-acceptable', 'invalid-query'],
};

/** `GET /rules/{set}/versions`. */
export const LIST_VERSIONS: Operation = {
  operationId: 'listVersions',
  summary: 'The versions of a rule set',
  description:
    'Every version of a rule set, with its fingerprint and where it stands in its life: whether it is in force, and who approved it.',
  tag: 'rule history',
  scope: 'rules:read',
  parameters: ['RuleSetId', 'IfNoneMatch'],
  answers: {
    200: { description: 'The versions.', headers: ['NoCache', 'ETag'], body: json('VersionList') },
    304: NOT_MODIFIED,
  },
  problems: ['not-found', 'not-acceptable', 'invalid-query'],
};

/** `GET /rules/{set}/versions/{version}`. */
export const FIND_VERSION: Operation = {
  operationId: 'findVersion',
  summary: 'A version of a rule set, whole',
  description:
    'The body of a version: scope, fact dictionary, bibliography, domains and rules, as they were hashed. The SHA-256 of its canonical JSON (RFC 8785) is `sha256`, which every answer names. `lifecycle` tells what the log knows of it: whether it is in force, and who approved it. That may change, and the `ETag` with it; the body of a released version never does.',
  tag: 'rule history',
  scope: 'rules:read',
  parameters: ['RuleSetId', 'Version', 'IfNoneMatch'],
  answers: {
    200: { description: 'The version.', headers: ['NoCache', 'ETag'], body: json('RuleSetVersion') },
    304: NOT_MODIFIED,
  },
  problems: ['not-found', 'not-acceptable', 'invalid-query'],
};
