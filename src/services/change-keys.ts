import { isName, isOrganisation } from '../values/names.js';
import { tidyText, type AskedFault } from './event-asked.js';
import { entryTime } from './entries.js';
import type { Scope } from './access.js';
import { endOf, keyEntry, type ApiKey } from './key-events.js';
import { keybooksIn } from './keybooks.js';
import type { Ports } from './ports.js';
import { refused, type Declined } from './version-asked.js';

/** A key that is to be made: whose it is, what it may do, and for how many days it counts. Its text is made elsewhere; here its hash is enough. */
export type NewKey = {
  readonly id: string;
  readonly hash: string;
  readonly organisation: string;
  readonly client: string;
  readonly scopes: readonly Scope[];
  readonly days: number;
  readonly by: string;
};

/** A key with the time from which on it counts no more. */
export type ListedKey = ApiKey & { readonly endsAt: string };

/** What keys are made and taken back with. */
export type KeyPorts = Pick<Ports, 'log' | 'chance' | 'clock' | 'subjectHash'>;

const DAY_MS = 86_400_000;

const MOST_DAYS = 730;

const isDays = (days: number): boolean => Number.isSafeInteger(days) && days >= 1 && days <= MOST_DAYS;

type Judged = AskedFault & { readonly holds: boolean };

const broken = (judged: readonly Judged[]): readonly AskedFault[] =>
  judged.filter(({ holds }) => !holds).map(({ code, detail }) => ({ code, detail }));

/** What is wrong with whose a key is to be, and with who makes it. */
export const faultsOfNames = ({
  organisation,
  client,
  by,
}: Pick<NewKey, 'organisation' | 'client' | 'by'>): readonly AskedFault[] =>
  broken([
    {
      holds: isOrganisation(organisation),
      code: 'bad-organisation',
      detail: 'the organisation must be a word of letters, digits, dots and dashes, and not `service`',
    },
    {
      holds: isName(client),
      code: 'bad-client',
      detail: 'the client must be a word of letters, digits, dots and dashes',
    },
    { holds: tidyText(by) !== '', code: 'bad-name', detail: 'who makes it must not be empty' },
  ]);

const faultsOf = (asked: NewKey): readonly AskedFault[] => [
  ...faultsOfNames(asked),
  ...broken([
    { holds: asked.scopes.length > 0, code: 'bad-scopes', detail: 'a key must have at least one scope' },
    {
      holds: isDays(asked.days),
      code: 'bad-days',
      detail: `a key counts for 1 to ${String(MOST_DAYS)} days`,
    },
  ]),
];

/** A key that counts from now on, before its times are known. */
type Made = Omit<ApiKey, 'createdAt' | 'expiresAt'> & { readonly lifetimeMs: number; readonly by: string };

/** Makes a key known, from now on. @throws LogUnavailableError where it could not be made durable */
export const addKey = async ({ lifetimeMs, by, ...made }: Made, ports: KeyPorts): Promise<ApiKey> => {
  const at = ports.clock();
  const key: ApiKey = {
    ...made,
    createdAt: entryTime(at),
    expiresAt: entryTime({ ...at, epochMs: at.epochMs + lifetimeMs }),
  };
  const { organisation } = key;
  const event = { event: 'created' as const, key };
  await ports.log.append([keyEntry({ event, organisation, at, by: tidyText(by) }, ports)]);
  return key;
};

/**
 * Makes a key known. @returns it, or what is wrong with what was asked
 * @throws LogUnavailableError where it could not be made durable
 */
export const createKey = async (asked: NewKey, ports: KeyPorts): Promise<ApiKey | Declined> => {
  const faults = faultsOf(asked);
  if (faults.length > 0) return { kind: 'unfit', faults };
  const { id, hash, organisation, client, scopes, days, by } = asked;
  return addKey({ id, organisation, client, scopes, hash, lifetimeMs: days * DAY_MS, by }, ports);
};

/** Every key that was ever made, in the order of the log. @throws LogUnavailableError */
export const listKeys = async ({ log }: Pick<Ports, 'log'>): Promise<readonly ListedKey[]> => {
  const events = (await keybooksIn({ log })).known();
  return events.keys.map((key) => ({ ...key, endsAt: endOf(key, events) }));
};

/** Which key is taken back: after how many hours, and by whom. */
export type RevocationAsked = { readonly id: string; readonly hours: number; readonly by: string };

/**
 * Takes a key back, at once or some hours later, so that whoever uses it can change to another.
 * @returns the key with its end, or why not
 * @throws LogUnavailableError where it could not be made durable
 */
export const revokeKey = async (
  { id, hours, by }: RevocationAsked,
  ports: KeyPorts,
): Promise<ListedKey | Declined> => {
  const key = (await listKeys(ports)).find((other) => other.id === id);
  if (key === undefined) return refused('unknown-key', `there is no key \`${id}\`: see \`keys list\``);
  const at = ports.clock();
  const from = entryTime({ ...at, epochMs: at.epochMs + hours * 3_600_000 });
  const endsAt = from < key.endsAt ? from : key.endsAt;
  const event = { event: 'revoked' as const, revocation: { id, from } };
  await ports.log.append([keyEntry({ event, organisation: key.organisation, at, by: tidyText(by) }, ports)]);
  return { ...key, endsAt };
};
