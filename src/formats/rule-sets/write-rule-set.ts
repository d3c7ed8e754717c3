import type { JsonObject } from '../../values/json.js';
import { isDraft, type RuleSet, type RuleSetBody } from '../../rules/rule-set.js';

const isInForce = (version: RuleSet, inForce: RuleSet | null): boolean => inForce?.sha256 === version.sha256;

const lifecycleOf = (version: RuleSet, inForce: RuleSet | null): JsonObject => ({
  status: isDraft(version.body.version) ? 'draft' : 'active',
  inForce: isInForce(version, inForce),
  approvedBy: [],
});

/** Writes a version without its body: its name, its fingerprint and where it stands in its life. */
export const writeLifecycle = (version: RuleSet, inForce: RuleSet | null): JsonObject => ({
  id: version.body.id,
  version: version.body.version,
  sha256: version.sha256,
  lifecycle: lifecycleOf(version, inForce),
});

/** A version as it is served whole. */
export type VersionBody = {
  readonly body: RuleSetBody;
  readonly sha256: string;
  readonly lifecycle: JsonObject;
};

/** Writes a version whole: the body as it was hashed, its fingerprint, and where it stands in its life. */
export const writeVersionBody = (version: RuleSet, inForce: RuleSet | null): VersionBody => ({
  body: version.body,
  sha256: version.sha256,
  lifecycle: lifecycleOf(version, inForce),
});

/** Writes a set with the version in force and the names of all its versions. */
export const writeListedSet = (set: {
  readonly id: string;
  readonly title: string;
  readonly inForce: RuleSet | null;
  readonly versions: readonly RuleSet[];
}): JsonObject => ({
  id: set.id,
  title: set.title,
  inForce: set.inForce === null ? null : { version: set.inForce.body.version, sha256: set.inForce.sha256 },
  versions: set.versions.map(({ body }) => body.version),
});
