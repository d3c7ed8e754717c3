import type { JsonValue } from '../values/json.js';
import { failure, success, type Result } from '../values/result.js';
import { checkRuleSet } from './check/check.js';
import { fingerprintOf } from './fingerprint.js';
import type { RuleIssue } from './rule-issue.js';
import type { RuleSet, RuleSetBody } from './rule-set.js';
import { ruleSetBodySchema } from './rule-set-schema.js';
import { issuesOfZod } from './zod-issues.js';

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
};

/**
 * Makes a rule-set version of a JSON value: its form, then every check, then frozen and fingerprinted.
 * @returns the version, or every mistake in it with a JSON Pointer
 */
export const parseRuleSet = (json: JsonValue): Result<RuleSet, readonly RuleIssue[]> => {
  const parsed = ruleSetBodySchema.safeParse(json);
  if (!parsed.success) return failure(issuesOfZod(parsed.error));
  const body: RuleSetBody = deepFreeze(parsed.data);
  const issues = checkRuleSet(body);
  return issues.length > 0 ? failure(issues) : success({ body, sha256: fingerprintOf(body) });
};
