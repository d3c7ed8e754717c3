import type { Entry } from '../log/entry.js';
import type { Approval } from '../rules/approval.js';
import { ApprovedSinceError, type Ports } from './ports.js';

/** An approval of the log, with the version that it is bound to. */
export type LoggedApproval = Approval & {
  readonly ruleSet: string;
  readonly version: string;
  readonly sha256: string;
};

/** What is known of the approvals of the log up to a position of it: that of the last one, or -1 where there is none. */
export type ApprovalsKnown = {
  readonly upTo: number;
  readonly all: readonly LoggedApproval[];
  /** The approvals of the version of a fingerprint, in the order of the log. One of any other body counts for nothing, whatever its name. */
  readonly of: (sha256: string) => readonly Approval[];
};

/**
 * The approvals of the log, which another process may write at any time. Approvals are only ever added, so who knows too little says
 * `not yet approved` of a version, and never the contrary.
 */
export type Approvals = {
  /** What was known when the log was last asked. */
  readonly known: () => ApprovalsKnown;
  /** Asks the log. @throws LogUnavailableError */
  readonly read: () => Promise<ApprovalsKnown>;
  /** Asks the log, and makes do with what is known where it cannot say soon. For what is told and not stored. Never throws. */
  readonly latest: () => Promise<ApprovalsKnown>;
};

/** How long `latest` waits for the log, in milliseconds. */
const LATEST_LIMIT_MS = 250;

/** How often an entry is made anew because of an approval, before the log counts as out of use: people give approvals, one at a time. */
const MOST_ATTEMPTS = 5;

/** What is read of a part is what `approveVersion` wrote into it: nothing else writes approvals to the log. */
const parsePart: (text: string) => Omit<LoggedApproval, 'at' | 'sha256'> = JSON.parse;

/** An approval as the log tells it. One whose words were erased names nobody, and so is none. */
const readApproval = ({ at, ruleSetHash, parts: { approval } }: Entry): readonly LoggedApproval[] =>
  approval === undefined ? [] : [{ ...parsePart(approval.body), at, sha256: ruleSetHash }];

const knownOf = (upTo: number, all: readonly LoggedApproval[]): ApprovalsKnown => ({
  upTo,
  all,
  of: (sha256) =>
    all
      .filter((approval) => approval.sha256 === sha256)
      .map(({ by, role, on, at }) => ({ by, role, on, at })),
});

/** Adds what the log told. Where it was asked twice at the same time, nothing is added twice. */
const withEntries = (known: ApprovalsKnown, entries: readonly Entry[]): ApprovalsKnown => {
  const later = entries.filter(({ position }) => position > known.upTo);
  const last = later.at(-1);
  return last === undefined ? known : knownOf(last.position, [...known.all, ...later.flatMap(readApproval)]);
};

/** The approvals of a log, read once to begin with. @throws LogUnavailableError */
export const approvalsIn = async ({ log, pause }: Pick<Ports, 'log' | 'pause'>): Promise<Approvals> => {
  let known = knownOf(-1, []);
  const read = async (): Promise<ApprovalsKnown> => {
    const entries = await log.approvalsAfter(known.upTo);
    known = withEntries(known, entries);
    return known;
  };
  await read();
  const readOrKnown = (): Promise<ApprovalsKnown> => read().catch(() => known);
  const knownSoon = (): Promise<ApprovalsKnown> => pause(LATEST_LIMIT_MS).then(() => known);
  return { known: () => known, read, latest: () => Promise.race([readOrKnown(), knownSoon()]) };
};

/**
 * Stores what says who approved its version. It is made of what is known, and made anew where the log has a later approval by then: so what stands
 * in the log after an approval says so, and what stands before it does not.
 * @param store makes the entry and appends it with `upTo` of what it is given
 * @throws LogUnavailableError
 */
export const storeKnowing = async <T>(
  approvals: Approvals,
  store: (known: ApprovalsKnown) => Promise<T>,
): Promise<T> => {
  let known = approvals.known();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store(known);
    } catch (error) {
      if (!(error instanceof ApprovedSinceError) || attempt === MOST_ATTEMPTS) throw error;
    }
    known = await approvals.read();
  }
};
