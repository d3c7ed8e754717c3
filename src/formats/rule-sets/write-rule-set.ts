import type { JsonObject } from '../../values/json.js';
import { approvalInWords, type Approval } from '../../rules/approval.js';
import { isDraft, type RuleSet, type RuleSetBody } from '../../rules/rule-set.js';

const isInForce = (version: RuleSet, inForce: RuleSet | null): boolean => inForce?.sha256 === version.sha256;

/** The approvals of the version of a fingerprint. */
type ApprovalsBy = { readonly of: (sha256: string) => readonly Approval[] };

/** What the log says of a version: which is in force in its set, and who approved what. */
export type VersionEvents = { readonly inForce: RuleSet | null; readonly approvals: ApprovalsBy };

const lifecycleOf = (version: RuleSet, { inForce, approvals }: VersionEvents): JsonObject => ({
  status: isDraft(version.body.version) ? 'draft' : 'active',
  inForce: isInForce(version, inForce),
  approvals: approvals.of(version.sha256).map(({ by, role, on, at }) => ({ by, role, on, at })),
});

/** Writes a version without its body: its name, its fingerprint and where it stands in its life. */
export const writeLifecycle = (version: RuleSet, events: VersionEvents): JsonObject => ({
  id: version.body.id,
  version: version.body.version,
  sha256: version.sha256,
  lifecycle: lifecycleOf(version, events),
});

/** A version as it is served whole. */
export type VersionBody = {
  readonly body: RuleSetBody;
  readonly sha256: string;
  readonly lifecycle: JsonObject;
};

/** Writes a version whole: the body as it was hashed, its fingerprint, and where it stands in its life. */
export const writeVersionBody = (version: RuleSet, events: VersionEvents): VersionBody => ({
  body: version.body,
  sha256: version.sha256,
  lifecycle: lifecycleOf(version, events),
});

type ListedSet = {
  readonly id: string;
  readonly title: string;
  readonly inForce: RuleSet | null;
  readonly versions: readonly RuleSet[];
};

const writeInForce = ({ body, sha256 }: RuleSet, approvals: ApprovalsBy): JsonObject => ({
  version: body.version,
  sha256,
  approval: approvalInWords(approvals.of(sha256)),
});

/** Writes a set with the version in force, who approved that, and the names of all its versions. */
export const writeListedSet = (set: ListedSet, approvals: ApprovalsBy): JsonObject => ({
  id: set.id,
  title: set.title,
  inForce: set.inForce === null ? null : writeInForce(set.inForce, approvals),
  versions: set.versions.map(({ body }) => body.version),
});
