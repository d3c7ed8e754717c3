import { failure, success, type Result } from '../../values/result.js';
import { canonicalBody, fingerprintOf, logicFingerprintOf } from '../fingerprint.js';
import type { ReleaseEntry } from '../rule-files.js';
import type { RuleSetBody } from '../rule-set.js';
import { neededStep } from './needed-step.js';
import { parseVersion, saysEnough, stepBetween, versionAfter, type Step } from './version-number.js';

/** What is to be released: the draft, under which version, on which day (YYYY-MM-DD), and the release before it, if there is one. */
export type ToPour = {
  readonly draft: RuleSetBody;
  readonly version: string;
  readonly releasedOn: string;
  readonly last: RuleSetBody | null;
};

/** A release: its body, the canonical text of it, what the index says of it, and the version that the next draft is of. */
export type Poured = {
  readonly body: RuleSetBody;
  readonly text: string;
  readonly entry: ReleaseEntry;
  readonly nextDraft: string;
};

/** Why a release cannot be made, each as a sentence that names the mend. */
export type PourFault = string;

const articled = (step: Step): string => `a ${step} version`;

/** The step that a version says, or why it cannot be the next one. */
const stepOf = (
  version: string,
  last: RuleSetBody | null,
  draft: RuleSetBody,
): Result<ReleaseEntry['step'], PourFault> => {
  if (last === null) return success('first');
  const before = parseVersion(last.version);
  const step = before === null ? null : stepBetween(before, version);
  if (before === null || step === null)
    return failure(`\`${version}\` does not follow \`${last.version}\` by one step`);
  const needed = neededStep(last, { ...draft, version });
  if (needed === null)
    return failure(`nothing has changed since \`${last.version}\`: there is nothing to release`);
  return saysEnough(step, needed)
    ? success(step)
    : failure(
        `\`${version}\` would hide what has changed since \`${last.version}\`: it takes ${articled(needed)}, \`${versionAfter(before, needed)}\``,
      );
};

/**
 * Makes a release of a draft that passed its checks. The version must say at least as much as has changed: more is allowed, less would hide it.
 * @returns the release, or why it cannot be made
 */
export const pourRelease = ({ draft, version, releasedOn, last }: ToPour): Result<Poured, PourFault> => {
  const number = parseVersion(version);
  if (number === null) return failure(`\`${version}\` is no version to release: write it as 1.2.3`);
  const step = stepOf(version, last, draft);
  if (!step.ok) return step;
  const body = { ...draft, version };
  const entry: ReleaseEntry = {
    version,
    sha256: fingerprintOf(body),
    logicSha256: logicFingerprintOf(body),
    releasedOn,
    supersedes: last?.version ?? null,
    step: step.value,
  };
  return success({
    body,
    text: canonicalBody(body),
    entry,
    nextDraft: `${versionAfter(number, 'patch')}-draft`,
  });
};
