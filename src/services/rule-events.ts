import type { Entry } from '../log/entry.js';
import type { Approval } from '../rules/approval.js';

/** The version that an event of the log is about. */
export type VersionNamed = { readonly ruleSet: string; readonly version: string; readonly sha256: string };

/** That a version became known to the service: from then on it can decide, and the log keeps its body. */
export type Registration = VersionNamed & {
  readonly at: string;
  /** The day on which it was released, `YYYY-MM-DD`; null of a draft. */
  readonly releasedOn: string | null;
  /** The text of its signature file, as it was then; null where it had none. */
  readonly signature: string | null;
  /** The body of the version as canonical JSON. */
  readonly body: string;
};

/** An approval of the log, with the version that it is bound to. */
export type LoggedApproval = Approval & VersionNamed;

/** Who put a version in force, in which role, and why. */
export type Activator = { readonly by: string; readonly role: string; readonly reason: string };

/**
 * That a version was put in force in its set, at a time. Nobody is named where the service did so at a start, or where the name was erased. Where the
 * registration is gone as well, nothing tells of which set the version is: `ruleSet` is null, and it may be any.
 */
export type Activation = Omit<VersionNamed, 'ruleSet'> & {
  readonly ruleSet: string | null;
  readonly at: string;
} & { readonly [K in keyof Activator]: string | null };

/** What the log tells of rule-set versions up to a position of it: that of the last event, or -1 where there is none. Each list is in its order. */
export type RuleEvents = {
  readonly upTo: number;
  readonly registrations: readonly Registration[];
  readonly approvals: readonly LoggedApproval[];
  readonly activations: readonly Activation[];
};

/** What is known before the log was asked. */
export const NO_EVENTS: RuleEvents = { upTo: -1, registrations: [], approvals: [], activations: [] };

/** What is read of a part is what was written into it: nothing else writes these events to the log. */
const parseRegistration: (
  text: string,
) => Omit<Registration, 'at' | 'sha256' | 'body' | 'signature'> & Partial<Pick<Registration, 'signature'>> =
  JSON.parse;
const parseApproval: (text: string) => Omit<LoggedApproval, 'at' | 'sha256'> = JSON.parse;
const parseActivation: (text: string) => Omit<VersionNamed, 'sha256'> & Partial<Activator> = JSON.parse;

const registrationIn = ({ at, ruleSetHash, parts }: Entry): readonly Registration[] => {
  const { registration, body } = parts;
  if (registration === undefined || body === undefined) return [];
  const said = parseRegistration(registration.body);
  return [{ signature: null, ...said, at, sha256: ruleSetHash, body: body.body }];
};

const approvalIn = ({ at, ruleSetHash, parts: { approval } }: Entry): readonly LoggedApproval[] =>
  approval === undefined ? [] : [{ ...parseApproval(approval.body), at, sha256: ruleSetHash }];

const NOBODY = { by: null, role: null, reason: null };

/**
 * INVARIANT: which version is in force does not rest on what can be erased with a name: the fingerprint stands in the log, and the rest with its registration.
 * An activation is never passed over, for then the version before it would still be in force.
 */
const activationIn = (
  { at, ruleSetHash, parts: { activation } }: Entry,
  registrations: readonly Registration[],
): Activation => {
  if (activation !== undefined)
    return { ...NOBODY, ...parseActivation(activation.body), at, sha256: ruleSetHash };
  const registered = registrations.find(({ sha256 }) => sha256 === ruleSetHash);
  const { ruleSet, version } = registered ?? {
    ruleSet: null,
    version: 'of which nothing is left in the log',
  };
  return { ...NOBODY, ruleSet, version, at, sha256: ruleSetHash };
};

/** Adds what the log told. Where it was asked twice at the same time, nothing is added twice. */
export const withEntries = (known: RuleEvents, entries: readonly Entry[]): RuleEvents => {
  const later = entries.filter(({ position }) => position > known.upTo);
  const of = (kind: Entry['kind']): readonly Entry[] => later.filter((entry) => entry.kind === kind);
  const registrations = [...known.registrations, ...of('registration').flatMap(registrationIn)];
  return {
    upTo: later.at(-1)?.position ?? known.upTo,
    registrations,
    approvals: [...known.approvals, ...of('approval').flatMap(approvalIn)],
    activations: [
      ...known.activations,
      ...of('activation').map((entry) => activationIn(entry, registrations)),
    ],
  };
};

/** The activations that put a version of a set in force, or may have done so. */
export const activationsOf = ({ activations }: RuleEvents, set: string): readonly Activation[] =>
  activations.filter(({ ruleSet }) => ruleSet === set || ruleSet === null);

/** The activation that says which version of a set is in force; null where the log names none. */
export const lastActivation = (events: RuleEvents, set: string): Activation | null =>
  activationsOf(events, set).at(-1) ?? null;
