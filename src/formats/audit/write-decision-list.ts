import type { JsonObject } from '../../values/json.js';

/** A decision as a list tells of it. */
type Listed = {
  readonly id: string;
  readonly position: number;
  readonly at: string;
  readonly subject: string | null;
  readonly supersedes: string | null;
  readonly verdict: string;
  readonly bounds: { readonly floor: string; readonly ceiling: string };
  readonly rules: readonly string[];
  readonly ruleSet: { readonly id: string; readonly version: string };
  readonly sha256: string;
  readonly resolutions: readonly { readonly id: string; readonly at: string; readonly choice: string }[];
};

const writeListed = (listed: Listed): JsonObject => ({
  id: listed.id,
  position: listed.position,
  at: listed.at,
  subject: listed.subject,
  supersedes: listed.supersedes,
  verdict: listed.verdict,
  bounds: { floor: listed.bounds.floor, ceiling: listed.bounds.ceiling },
  rules: listed.rules,
  ruleSet: { id: listed.ruleSet.id, version: listed.ruleSet.version, sha256: listed.sha256 },
  resolutions: listed.resolutions.map(({ id, at, choice }) => ({ id, at, choice })),
});

/** Writes a page of decisions. */
export const writeDecisionList = (items: readonly Listed[]): JsonObject => ({
  items: items.map(writeListed),
});
