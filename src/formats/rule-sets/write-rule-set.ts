import type { JsonObject } from '../../values/json.js';
import { approvalInWords, type Approval } from '../../rules/approval.js';
import { isDraft, type RuleSet, type RuleSetBody } from '../../rules/rule-set.js';

/** A time in which a version was in force, and who put it there, in which role and why. */
type Period = {
  readonly from: string;
  readonly to: string | null;
  readonly by: string | null;
  readonly role: string | null;
  readonly reason: string | null;
};

/** Where a version stands in its life, as the log tells it. */
type Lifecycle = {
  readonly releasedOn: string | null;
  readonly registeredAt: string | null;
  readonly isInForce: boolean;
  readonly inForce: readonly Period[];
  readonly approvals: readonly Approval[];
};

const writeLife = (version: RuleSet, lifecycle: Lifecycle): JsonObject => ({
  status: isDraft(version.body.version) ? 'draft' : 'active',
  releasedOn: lifecycle.releasedOn,
  registeredAt: lifecycle.registeredAt,
  inForce: lifecycle.isInForce,
  inForcePeriods: lifecycle.inForce.map(({ from, to, by, role, reason }) => ({ from, to, by, role, reason })),
  approvals: lifecycle.approvals.map(({ by, role, on, at }) => ({ by, role, on, at })),
});

/** Writes a version without its body: its name, its fingerprint and where it stands in its life. */
export const writeLifecycle = (version: RuleSet, lifecycle: Lifecycle): JsonObject => ({
  id: version.body.id,
  version: version.body.version,
  sha256: version.sha256,
  lifecycle: writeLife(version, lifecycle),
});

/** A version as it is served whole. */
export type VersionBody = {
  readonly body: RuleSetBody;
  readonly sha256: string;
  readonly lifecycle: JsonObject;
};

/** Writes a version whole: the body as it was hashed, its fingerprint, and where it stands in its life. */
export const writeVersionBody = (version: RuleSet, lifecycle: Lifecycle): VersionBody => ({
  body: version.body,
  sha256: version.sha256,
  lifecycle: writeLife(version, lifecycle),
});

type ListedSet = {
  readonly id: string;
  readonly title: string;
  readonly inForce: RuleSet | null;
  readonly versions: readonly RuleSet[];
};

/** Who approved the version of a fingerprint. */
type ApprovalsBy = { readonly approvalsOf: (sha256: string) => readonly Approval[] };

const writeInForce = ({ body, sha256 }: RuleSet, { approvalsOf }: ApprovalsBy): JsonObject => ({
  version: body.version,
  sha256,
  approval: approvalInWords(approvalsOf(sha256)),
});

/** Writes a set with the version in force, who approved that, and the names of all its versions. */
export const writeListedSet = (set: ListedSet, approvals: ApprovalsBy): JsonObject => ({
  id: set.id,
  title: set.title,
  inForce: set.inForce === null ? null : writeInForce(set.inForce, approvals),
  versions: set.versions.map(({ body }) => body.version),
});
