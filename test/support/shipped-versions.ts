import type { RuleSet } from '../../src/rules/rule-set.js';
import { shippedRules } from './test-app.js';

const rules = shippedRules();

/** The releases of `ketamine-pain` in the order in which they came. */
export const RELEASES: readonly string[] = rules
  .all()
  .filter(({ body, sha256 }) => body.id === 'ketamine-pain' && rules.releasedOn(sha256) !== null)
  .map(({ body }) => body.version);

/** The newest of them: a service screens by it until someone puts another version in force. */
export const NEWEST = RELEASES.at(-1) ?? '';

/** A version of the shipped rules. */
export const shippedVersion = (version = NEWEST): RuleSet => {
  const found = rules.find('ketamine-pain', version);
  if (found === null) throw new Error(`${version} is not among the rules`);
  return found;
};

/** The version of the draft that stands beside the releases. */
export const shippedDraft = (): string => {
  const draft = rules
    .all()
    .find(({ body }) => body.id === 'ketamine-pain' && body.version.endsWith('-draft'));
  if (draft === undefined) throw new Error('there is no draft among the rules');
  return draft.body.version;
};
