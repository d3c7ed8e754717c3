import type { Approval } from '../rules/approval.js';
import { parseRuleSet } from '../rules/parse.js';
import { byAge } from '../rules/release/version-number.js';
import { isDraft, type RuleSet } from '../rules/rule-set.js';
import type { JsonValue } from '../values/json.js';
import type { RuleLibrary } from './ports.js';
import type { ReleaseTrust } from './release-trust.js';
import {
  activationsOf,
  lastActivation,
  type Activation,
  type Registration,
  type RuleEvents,
} from './rule-events.js';

/**
 * A time in which a version was in force: RFC 3339; `to` is null where it still is. With it who put the version in force, in which role and why; null
 * where the service did so at a start.
 */
export type Period = { readonly from: string; readonly to: string | null } & Pick<
  Activation,
  'by' | 'role' | 'reason'
>;

/** Where a version stands in its life, as the log tells it. */
export type Lifecycle = {
  /** The day of its release, `YYYY-MM-DD`; null of a draft. */
  readonly releasedOn: string | null;
  /** When the log first knew of it. From then on it could decide. */
  readonly registeredAt: string | null;
  readonly isInForce: boolean;
  readonly inForce: readonly Period[];
  readonly approvals: readonly Approval[];
};

/**
 * The rule-set versions as the files and the log have them together, up to a position of the log: which there are, which is in force, and who
 * approved what. It never changes; a later event makes another one.
 */
export type Rulebook = {
  readonly upTo: number;
  readonly events: RuleEvents;
  /** Every version that is loaded, and every release that the log keeps and whose file is gone: of each set the older ones first. */
  readonly all: () => readonly RuleSet[];
  readonly find: (set: string, version: string) => RuleSet | null;
  /** The version of a fingerprint, drafts of old among them. */
  readonly findByHash: (sha256: string) => RuleSet | null;
  /** Whether a version may screen: it is loaded, or the log keeps it with a signature that the service takes. Of another it is only told what it was. */
  readonly mayScreen: (version: RuleSet) => boolean;
  /** Whether the log keeps the version of a fingerprint as this service would keep it: with a signature that it takes, where it asks for one. */
  readonly isRegistered: (sha256: string) => boolean;
  /** The version in force of a set; null where the log names none, or one that this service cannot use or does not take. */
  readonly inForce: (set: string) => RuleSet | null;
  /** The approvals of a version in the order of the log. One of any other body counts for nothing, whatever its name. */
  readonly approvalsOf: (sha256: string) => readonly Approval[];
  readonly lifecycleOf: (version: RuleSet) => Lifecycle;
};

const parseBody: (text: string) => JsonValue = JSON.parse;

/** What was read of registrations: a body is large, is asked for again after every event, and never changes. */
const read = new WeakMap<Registration, RuleSet | null>();

/** The version that a registration keeps; null where this service cannot use it: its form is of another time, or it is not what its fingerprint says. */
const keptVersion = (registration: Registration): RuleSet | null => {
  const before = read.get(registration);
  if (before !== undefined) return before;
  const parsed = parseRuleSet(parseBody(registration.body));
  const version = parsed.ok && parsed.value.sha256 === registration.sha256 ? parsed.value : null;
  read.set(registration, version);
  return version;
};

const periodsOf = (events: RuleEvents, set: string, sha256: string): readonly Period[] => {
  const ofSet = activationsOf(events, set);
  return ofSet.flatMap(({ sha256: activated, at, by, role, reason }, index): readonly Period[] =>
    activated === sha256 ? [{ from: at, to: ofSet[index + 1]?.at ?? null, by, role, reason }] : [],
  );
};

/** The releases that the log keeps and whose files are gone. */
const goneReleases = (loaded: RuleLibrary, { registrations }: RuleEvents): readonly Registration[] =>
  registrations.filter(
    ({ ruleSet, version }, index) =>
      !isDraft(version) &&
      loaded.find(ruleSet, version) === null &&
      registrations.findIndex((other) => other.ruleSet === ruleSet && other.version === version) === index,
  );

/** Whether a service takes a version as the log keeps it. Drafts are never signed. */
const isTaken = (
  { ruleSet: set, version, sha256, signature }: Registration,
  { isKeyed, whyRefused }: ReleaseTrust,
): boolean => !isKeyed || (!isDraft(version) && whyRefused({ set, version, sha256, signature }) === null);

/** The rulebook of the loaded versions and of what the log tells. */
export const rulebookOf = (loaded: RuleLibrary, events: RuleEvents): Rulebook => {
  const gone = goneReleases(loaded, events)
    .map(keptVersion)
    .filter((version) => version !== null);
  const all =
    gone.length === 0
      ? loaded.all()
      : [...gone, ...loaded.all()].toSorted((a, b) => byAge(a.body.version, b.body.version));
  const findByHash = (sha256: string): RuleSet | null => {
    const listed = all.find((version) => version.sha256 === sha256);
    if (listed !== undefined) return listed;
    const registration = events.registrations.find((kept) => kept.sha256 === sha256);
    return registration === undefined ? null : keptVersion(registration);
  };
  const isRegistered = (sha256: string): boolean =>
    events.registrations.some((kept) => kept.sha256 === sha256 && isTaken(kept, loaded.trust));
  const mayScreen = ({ body, sha256 }: RuleSet): boolean =>
    !loaded.trust.isKeyed || loaded.find(body.id, body.version)?.sha256 === sha256 || isRegistered(sha256);
  const inForce = (set: string): RuleSet | null => {
    const last = lastActivation(events, set);
    const version = last === null ? null : findByHash(last.sha256);
    return version !== null && mayScreen(version) ? version : null;
  };
  const approvalsOf = (sha256: string): readonly Approval[] =>
    events.approvals
      .filter((approval) => approval.sha256 === sha256)
      .map(({ by, role, on, at }) => ({ by, role, on, at }));
  return {
    upTo: events.upTo,
    events,
    all: () => all,
    find: (set, version) => all.find(({ body }) => body.id === set && body.version === version) ?? null,
    findByHash,
    mayScreen,
    isRegistered,
    inForce,
    approvalsOf,
    lifecycleOf: (version) => {
      const { body, sha256 } = version;
      const registration = events.registrations.find((event) => event.sha256 === sha256);
      return {
        releasedOn: registration?.releasedOn ?? null,
        registeredAt: registration?.at ?? null,
        isInForce: inForce(body.id)?.sha256 === sha256,
        inForce: periodsOf(events, body.id, sha256),
        approvals: approvalsOf(sha256),
      };
    },
  };
};
