import { randomBytes } from 'node:crypto';
import { isScope, SCOPES } from '../services/access.js';
import { breakGlass, type BreakGlassAsked } from '../services/break-glass.js';
import {
  createKey,
  listKeys,
  revokeKey,
  type ListedKey,
  type NewKey,
  type RevocationAsked,
} from '../services/change-keys.js';
import type { ApiKey } from '../services/key-events.js';
import { keyHashOf, keyText } from '../services/keybooks.js';
import type { Ports } from '../services/ports.js';
import type { Declined } from '../services/version-asked.js';
import { ruleLibraryOf } from '../storage/rule-library.js';
import type { JsonObject } from '../values/json.js';
import { wrongUsage } from './exit-codes.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';
import { errorOf } from './site-event.js';
import { openSite, whereFree } from './site-log.js';

/** A key as it was asked for: its scopes as they were typed. */
export type KeyAsked = Omit<NewKey, 'id' | 'hash' | 'scopes'> & { readonly scopes: readonly string[] };

/** A key that takes the place of another: that one counts some hours more. */
export type RotationAsked = RevocationAsked & { readonly days: number };

/** Keys are about no rule set: none is read. */
const NO_RULES = ruleLibraryOf([]);

const onSite = async <T>(dataDir: string, run: (ports: Ports) => Promise<T>): Promise<T> => {
  const ports = openSite(dataDir, NO_RULES);
  try {
    return await whereFree(() => run(ports));
  } finally {
    await ports.log.close();
  }
};

const isDeclined = (outcome: object): outcome is Declined => 'faults' in outcome;

const scopesOf = (typed: readonly string[]): NewKey['scopes'] => {
  const wrong = typed.filter((scope) => !isScope(scope));
  if (wrong.length > 0) throw wrongUsage(`--scopes must be of ${SCOPES.join(', ')}`);
  return SCOPES.filter((scope) => typed.includes(scope));
};

const assertHours = (hours: number): void => {
  if (!(Number.isFinite(hours) && hours >= 0 && hours <= 24 * 90))
    throw wrongUsage('--after must be a number of hours, from 0 to 2160');
};

type Made = { readonly key: ApiKey; readonly text: string };

const newText = (): { readonly id: string; readonly text: string } => {
  const id = randomBytes(8).toString('hex');
  return { id, text: keyText(id, randomBytes(32).toString('base64url')) };
};

const make = async (asked: Omit<NewKey, 'id' | 'hash'>, ports: Ports): Promise<Made> => {
  const { id, text } = newText();
  const key = await createKey({ ...asked, id, hash: keyHashOf(text) }, ports);
  if (isDeclined(key)) throw errorOf(key);
  return { key, text };
};

const keyJson = (key: ApiKey): JsonObject => ({
  id: key.id,
  organisation: key.organisation,
  client: key.client,
  scopes: key.scopes,
  createdAt: key.createdAt,
  expiresAt: key.expiresAt,
  ...(key.breakGlass === undefined ? {} : { breakGlass: key.breakGlass }),
});

const madeLines = ({ key, text }: Made): readonly string[] => [
  text,
  `This is the key of ${key.client} of ${key.organisation}, for ${key.scopes.join(', ')}, until ${key.expiresAt}. It is shown only now: the service keeps its hash.`,
];

/** `keys create`. @throws CommandError where it is asked for in a way that cannot be meant, or the database cannot be used */
export const createKeyCommand = async (dataDir: string, asked: KeyAsked, style: Style): Promise<Outcome> => {
  const scopes = scopesOf(asked.scopes);
  const made = await onSite(dataDir, (ports) => make({ ...asked, scopes }, ports));
  const json = { ...keyJson(made.key), key: made.text };
  return outcomeOf({ lines: madeLines(made), json, exitCode: 0 }, style);
};

/** `keys break-glass`. @throws CommandError where it is asked for in a way that cannot be meant, or the database cannot be used */
export const breakGlassCommand = async (
  dataDir: string,
  asked: Omit<BreakGlassAsked, 'id' | 'hash'>,
  style: Style,
): Promise<Outcome> => {
  const { id, text } = newText();
  const key = await onSite(dataDir, async (ports) => {
    const broken = await breakGlass({ ...asked, id, hash: keyHashOf(text) }, ports);
    if (isDeclined(broken)) throw errorOf(broken);
    return broken;
  });
  const json = { ...keyJson(key), key: text };
  return outcomeOf({ lines: madeLines({ key, text }), json, exitCode: 0 }, style);
};

const listedLine = ({ breakGlass: why, ...key }: ListedKey, now: string): string => {
  const { id, organisation, client, scopes, endsAt } = key;
  const line = `${id}  ${organisation}/${client}  ${endsAt <= now ? 'ended' : 'until'} ${endsAt}  ${scopes.join(',')}`;
  return why === undefined ? line : `${line}  for an emergency: ${why}`;
};

/** `keys list`. @throws CommandError where the database cannot be used */
export const listKeysCommand = async (dataDir: string, style: Style): Promise<Outcome> => {
  const keys = await onSite(dataDir, listKeys);
  const now = new Date().toISOString();
  const lines =
    keys.length === 0
      ? ['No key was ever made: the service is open to everyone on its own machine.']
      : keys.map((key) => listedLine(key, now));
  const json = {
    items: keys.map((key) => ({ ...keyJson(key), endsAt: key.endsAt, ended: key.endsAt <= now })),
  };
  return outcomeOf({ lines, json, exitCode: 0 }, style);
};

const revoke = async (asked: RevocationAsked, ports: Ports): Promise<ListedKey> => {
  const key = await revokeKey(asked, ports);
  if (isDeclined(key)) throw errorOf(key);
  return key;
};

const endLine = ({ id, client, endsAt }: ListedKey): string =>
  `The key ${id} of ${client} counts until ${endsAt}, and no longer.`;

/** `keys revoke`. @throws CommandError where there is no such key, or the database cannot be used */
export const revokeKeyCommand = async (
  dataDir: string,
  asked: RevocationAsked,
  style: Style,
): Promise<Outcome> => {
  assertHours(asked.hours);
  const key = await onSite(dataDir, (ports) => revoke(asked, ports));
  return outcomeOf(
    { lines: [endLine(key)], json: { ...keyJson(key), endsAt: key.endsAt }, exitCode: 0 },
    style,
  );
};

/** `keys rotate`. @throws CommandError where there is no such key, or the database cannot be used */
export const rotateKeyCommand = async (
  dataDir: string,
  asked: RotationAsked,
  style: Style,
): Promise<Outcome> => {
  assertHours(asked.hours);
  const { old, made } = await onSite(dataDir, async (ports) => {
    const before = (await listKeys(ports)).find(({ id }) => id === asked.id);
    const next =
      before === undefined ? null : await make({ ...before, days: asked.days, by: asked.by }, ports);
    return { old: await revoke(asked, ports), made: next };
  });
  if (made === null) throw wrongUsage(`there is no key \`${asked.id}\``);
  const json = { ...keyJson(made.key), key: made.text, old: { id: old.id, endsAt: old.endsAt } };
  return outcomeOf({ lines: [...madeLines(made), endLine(old)], json, exitCode: 0 }, style);
};
