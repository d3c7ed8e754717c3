import { randomBytes } from 'node:crypto';
import { SCOPES, type Scope } from '../../src/services/access.js';
import { createKey, revokeKey } from '../../src/services/change-keys.js';
import { keyHashOf, keyText } from '../../src/services/keybooks.js';
import { at } from './builders.js';
import { PORTS } from './made-log.js';
import { logOn, subjectHash } from './sqlite.js';
import { NOW, type TestApp } from './test-app.js';

let ids = 0;

/** With what keys of a service of a test are made and taken back. */
export const keyPorts = ({ connection }: TestApp, now: string) => ({
  log: logOn(connection),
  chance: {
    ...PORTS.chance,
    newId: () => {
      ids += 1;
      return `0197f3c2-7b1e-7000-a000-${ids.toString(16).padStart(12, '0')}`;
    },
  },
  clock: () => at(now),
  subjectHash,
});

/** The text of a new key, with its id and its hash. */
export const newKeyText = (): { readonly id: string; readonly text: string; readonly hash: string } => {
  const id = randomBytes(8).toString('hex');
  const text = keyText(id, randomBytes(32).toString('base64url'));
  return { id, text, hash: keyHashOf(text) };
};

type Asked = {
  readonly organisation?: string;
  readonly client?: string;
  readonly scopes?: readonly Scope[];
  readonly days?: number;
  /** When it is made. */
  readonly now?: string;
};

/** Makes a key for a service of a test. @returns the header that shows it */
export const keyFor = async (app: TestApp, asked: Asked = {}): Promise<string> => {
  const { organisation = 'local', client = 'a-client', scopes = SCOPES, days = 30, now = NOW } = asked;
  const { id, text, hash } = newKeyText();
  const made = await createKey(
    { id, hash, organisation, client, scopes, days, by: 'a test' },
    keyPorts(app, now),
  );
  if ('faults' in made) throw new Error(made.faults.map(({ detail }) => detail).join());
  await app.refreshKeys();
  return `Bearer ${text}`;
};

/** Takes a key back. @param hours after how many hours */
export const takeBack = async (app: TestApp, header: string, hours = 0): Promise<void> => {
  const id = header.slice('Bearer ksk_'.length, 'Bearer ksk_'.length + 16);
  await revokeKey({ id, hours, by: 'a test' }, keyPorts(app, NOW));
  await app.refreshKeys();
};
