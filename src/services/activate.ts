import type { NewEntry } from '../log/entry.js';
import { isDraft, newestOf, type RuleSet } from '../rules/rule-set.js';
import { newEntry, SERVICE_ORGANISATION } from './new-entry.js';
import { whyOlderSet } from './older-set.js';
import type { Ports } from './ports.js';
import { lastActivation, type Activator } from './rule-events.js';
import type { Rulebook } from './rulebook.js';
import { rulebooksIn, storeKnowing, type Rulebooks } from './rulebooks.js';

/** A set of rules cannot be put in force as the log says: the start must stop. The message is one line that says why. */
export class ActivationError extends Error {
  override readonly name = 'ActivationError';
}

/** What events on rule-set versions are made with. */
export type EventPorts = Pick<Ports, 'rules' | 'clock' | 'chance' | 'subjectHash'>;

/**
 * The entry that makes a version known: from then on it can decide, and its body is kept for good. Its signature is kept with it, so that a service that
 * runs and does not have its files can tell whether to take it.
 */
export const registrationOf = ({ body, sha256 }: RuleSet, ports: EventPorts): NewEntry => {
  const signature = ports.rules.signatureOf(sha256);
  return newEntry(
    {
      id: ports.chance.newId(),
      at: ports.clock(),
      organisation: SERVICE_ORGANISATION,
      kind: 'registration',
      ruleSetHash: sha256,
      parts: {
        registration: {
          ruleSet: body.id,
          version: body.version,
          releasedOn: ports.rules.releasedOn(sha256),
          ...(signature === null ? {} : { signature }),
        },
        body,
      },
    },
    ports,
  );
};

/** The entry that puts a version in force; where someone does so, and not the service at a start, with who and why. */
export const activationOf = (
  { body, sha256 }: RuleSet,
  ports: EventPorts,
  activator: Activator | null = null,
): NewEntry =>
  newEntry(
    {
      id: ports.chance.newId(),
      at: ports.clock(),
      organisation: SERVICE_ORGANISATION,
      kind: 'activation',
      ruleSetHash: sha256,
      parts: { activation: { ruleSet: body.id, version: body.version, ...activator } },
    },
    ports,
  );

/** Whether the log knows another body under the name of a release: then its files are not what was released. */
export const isAnotherBody = ({ body, sha256 }: RuleSet, { events }: Rulebook): boolean =>
  !isDraft(body.version) &&
  [...events.registrations, ...events.approvals, ...events.activations].some(
    (event) => event.ruleSet === body.id && event.version === body.version && event.sha256 !== sha256,
  );

const refuseChanged = (book: Rulebook, { rules }: EventPorts): void => {
  const changed = rules.all().find((version) => isAnotherBody(version, book));
  if (changed === undefined) return;
  const { id, version } = changed.body;
  throw new ActivationError(
    `\`${id}\` ${version} is not what the log knows by this name: its files were changed after it was released; put them back`,
  );
};

const refuseOlder = (book: Rulebook, ports: EventPorts): void => {
  const why = whyOlderSet(book, ports);
  if (why !== null) throw new ActivationError(why);
};

const registrations = (book: Rulebook, ports: EventPorts): readonly NewEntry[] =>
  ports.rules
    .all()
    .filter(({ sha256 }) => !book.isRegistered(sha256))
    .map((version) => registrationOf(version, ports));

/** The activation that a set needs: one where it never was in force, or where the draft in force was changed; else none. */
const activationOfSet = (set: string, book: Rulebook, ports: EventPorts): readonly NewEntry[] => {
  const newest = newestOf(ports.rules.all().filter(({ body }) => body.id === set));
  const last = lastActivation(book.events, set);
  if (newest === undefined) return [];
  if (last === null) return [activationOf(newest, ports)];
  if (ports.rules.find(set, last.version)?.sha256 === last.sha256) return [];
  if (isDraft(last.version)) return [activationOf(newest, ports)];
  throw new ActivationError(
    `\`${set}\` ${last.version} is in force by the log and is not among the rules: put its files back`,
  );
};

/**
 * Makes the log and the loaded versions agree at a start: every version that is loaded is registered, and each set has one in force. What is added are
 * entries of the log. A release that was changed, or that is in force and gone, stops the start; so does a
 * set that someone put back to an older state, where releases must be signed.
 * @throws ActivationError, LogUnavailableError
 */
export const openRulebooks = async (ports: Ports): Promise<Rulebooks> => {
  const rulebooks = await rulebooksIn(ports);
  const sets = new Set(ports.rules.all().map(({ body }) => body.id));
  await storeKnowing(rulebooks, async (book) => {
    refuseChanged(book, ports);
    refuseOlder(book, ports);
    const entries = [
      ...registrations(book, ports),
      ...[...sets].flatMap((set) => activationOfSet(set, book, ports)),
    ];
    if (entries.length > 0) await ports.log.append(entries, book.upTo);
  });
  await rulebooks.read();
  return rulebooks;
};
