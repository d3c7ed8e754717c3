import type { Approval } from '../rules/approval.js';
import { byAge } from '../rules/release/version-number.js';
import type { RuleSet } from '../rules/rule-set.js';
import { activationOf, registrationOf, type EventPorts } from './activate.js';
import { faultsOfPerson, faultsOfReason, tidyPerson, tidyText, type PersonAsked } from './event-asked.js';
import type { Ports } from './ports.js';
import { lastActivation, type Activator, type VersionNamed } from './rule-events.js';
import type { Rulebook } from './rulebook.js';
import { storeKnowing, type Rulebooks } from './rulebooks.js';
import { refused, releaseAsked, whyUnusable, type Declined, type VersionAsked } from './version-asked.js';

/** Which version is to be put in force, by whom, in which role, and why. */
export type ActivationAsked = VersionAsked & PersonAsked & { readonly reason: string };

/** A version that was put in force just now. */
export type Activated = {
  readonly activation: VersionNamed & Activator & { readonly at: string };
  /** What was in force until then; null where nothing ever was. */
  readonly before: VersionNamed | null;
  /** Whether it is older than what was in force. */
  readonly isRollback: boolean;
  /** Who has approved it: nobody need have, and whoever activates it is told so. */
  readonly approvals: readonly Approval[];
};

/** What became of an activation: it is in the log; or it was asked for in a way that cannot be meant; or what is there already stands against it. */
export type ActivationOutcome = ({ readonly kind: 'activated' } & Activated) | Declined;

/** What an activation is made with: the rulebooks are those of the log of the ports. */
export type ActivationContext = {
  readonly ports: EventPorts & Pick<Ports, 'log'>;
  readonly rulebooks: Pick<Rulebooks, 'known' | 'read'>;
};

const append = async (
  release: RuleSet,
  { by, role, reason }: Activator,
  { ports, book }: { readonly ports: ActivationContext['ports']; readonly book: Rulebook },
): Promise<Activated> => {
  const { body, sha256 } = release;
  const before = lastActivation(book.events, body.id);
  const isKnown = book.isRegistered(sha256);
  const entry = activationOf(release, ports, { by, role, reason });
  await ports.log.append([...(isKnown ? [] : [registrationOf(release, ports)]), entry], book.upTo);
  return {
    activation: { ruleSet: body.id, version: body.version, sha256, by, role, reason, at: entry.at },
    before: before === null ? null : { ruleSet: body.id, version: before.version, sha256: before.sha256 },
    isRollback: before !== null && byAge(body.version, before.version) < 0,
    approvals: book.approvalsOf(sha256),
  };
};

/**
 * Writes to the log that a released version is in force in its set from now on, with who put it there and why; and, where the log does not know it
 * yet, its body before that, so that a service which runs meanwhile can screen by it. An older version may take the place of a newer one, and one
 * that no clinician has approved may be put in force: the outcome says so.
 * @throws LogUnavailableError where it could not be made durable
 */
export const activateVersion = async (
  received: ActivationAsked,
  { ports, rulebooks }: ActivationContext,
): Promise<ActivationOutcome> => {
  const asked = { ...tidyPerson(received), reason: tidyText(received.reason) };
  const faults = [...faultsOfPerson(asked), ...faultsOfReason(asked.reason)];
  if (faults.length > 0) return { kind: 'unfit', faults };
  const found = releaseAsked(asked, ports);
  if (found.kind !== 'found') return found;
  const { release } = found;
  // A refusal is not stored, so the log cannot object to it: it must not rest on what was known some time ago.
  await rulebooks.read();
  return storeKnowing(rulebooks, async (book): Promise<ActivationOutcome> => {
    const unusable = whyUnusable(release, book, ports);
    if (unusable !== null) return unusable;
    if (lastActivation(book.events, asked.set)?.sha256 === release.sha256)
      return refused('already-in-force', `\`${asked.set}\` ${asked.version} is in force already`);
    return { kind: 'activated', ...(await append(release, asked, { ports, book })) };
  });
};
