import type { Instant } from '../values/instant.js';
import type { Issue } from '../values/issue.js';
import { failure, success, type Result } from '../values/result.js';
import type { RuleSet } from '../rules/rule-set.js';
import type { FactsRead, Intake } from '../screening/intake.js';
import { screen, type Screening } from '../screening/screen.js';
import { findPinned, type Versions } from './rule-sets.js';
import type { Ports } from './ports.js';

const MINUTE = 60_000;
const FUTURE_LIMIT = 5 * MINUTE;
const PAST_LIMIT = 24 * 60 * MINUTE;

/** What is wrong with the moment at which the facts are to be judged. */
const judgeAsOf = (asOf: Instant, receivedAt: Instant, retrospective: boolean): readonly Issue[] => {
  const ahead = asOf.epochMs - receivedAt.epochMs;
  if (ahead > FUTURE_LIMIT)
    return [{ pointer: '/asOf', code: 'as-of-in-future', detail: 'lies more than 5 minutes after receipt' }];
  if (-ahead > PAST_LIMIT && !retrospective)
    return [
      {
        pointer: '/asOf',
        code: 'as-of-in-past',
        detail: 'lies more than 24 hours before receipt: send `"retrospective": true` if that is meant',
      },
    ];
  return [];
};

/** An intake that was read and screened, not yet a decision. */
export type Evaluated = {
  readonly ruleSet: RuleSet;
  readonly asOf: Instant;
  readonly receivedAt: Instant;
  readonly read: FactsRead;
  readonly screening: Screening;
};

/**
 * Reads and screens an intake under the version that it is pinned to, or the one in force. Every fault is reported at once.
 * @throws RulesUnusableError where this service cannot use the version in force
 */
export const evaluateIntake = (
  intake: Intake,
  { clock }: Pick<Ports, 'clock'>,
  versions: Versions,
): Result<Evaluated> => {
  const receivedAt = clock();
  const asOf = intake.asOf ?? receivedAt;
  const faults = [...intake.issues, ...judgeAsOf(asOf, receivedAt, intake.retrospective)];
  const pinned = findPinned(intake, versions);
  if (!pinned.found) return failure([...faults, pinned.issue]);
  const read = intake.readFacts(pinned.ruleSet.body, asOf);
  const issues = [...faults, ...read.issues];
  if (issues.length > 0) return failure(issues);
  const screening = screen(pinned.ruleSet.body, read.facts, asOf);
  return success({ ruleSet: pinned.ruleSet, asOf, receivedAt, read, screening });
};
