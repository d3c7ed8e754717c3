import { codeHashOf } from '../log/code-hash.js';
import type { Instant } from '../values/instant.js';
import { entryTime } from './entries.js';
import { endOf, NO_KEYS, withKeyEntries, withoutKeys, type ApiKey, type KeyEvents } from './key-events.js';
import { EntryDamagedError, LogUnavailableError, type Ports } from './ports.js';

/** How the text of a key begins: what finds secrets in files knows it by that. */
export const KEY_PREFIX = 'ksk_';

/** Then its id, and 256 random bits as base64url. */
const KEY_TEXT = /^ksk_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/;

/** The text of a key, which is shown once. @param secret 43 characters of base64url: 256 random bits */
export const keyText = (id: string, secret: string): string => `${KEY_PREFIX}${id}_${secret}`;

/** The id in the text of a key; null where it is none. */
export const keyIdIn = (text: string): string | null => KEY_TEXT.exec(text)?.[1] ?? null;

/** The hash by which the log knows a key. */
export const keyHashOf = (text: string): string => codeHashOf(text);

/** The keys of clients as the log has them, which another process may change at any time. */
export type Keybooks = {
  readonly known: () => KeyEvents;
  /**
   * Asks the log. Where it cannot be asked, what was known stands: nobody can have taken a key back meanwhile, for that needs the log too. Where it
   * answers and the answer cannot be read, nobody is let in any more, for a key may have been taken back there. Never throws.
   */
  readonly refresh: () => Promise<void>;
};

/** The keys of a log, read once to begin with. @throws LogUnavailableError */
export const keybooksIn = async ({ log }: Pick<Ports, 'log'>): Promise<Keybooks> => {
  let known = withKeyEntries(NO_KEYS, await log.keyEventsAfter(-1));
  return {
    known: () => known,
    refresh: async () => {
      try {
        known = withKeyEntries(known, await log.keyEventsAfter(known.upTo));
      } catch (error) {
        const couldBeAsked = !(error instanceof LogUnavailableError) || error instanceof EntryDamagedError;
        if (couldBeAsked) known = withoutKeys(known);
      }
    },
  };
};

/** Whether any key was ever made: from then on nobody is let in without one, even where all were taken back, or nothing can be read of them. */
export const hasKeys = ({ upTo }: KeyEvents): boolean => upTo >= 0;

/** The key of an id that counts at a moment; null where there is none, it is over, or was taken back. */
export const keyAt = (id: string, events: KeyEvents, now: Instant): ApiKey | null => {
  const key = events.keys.find((other) => other.id === id);
  return key === undefined || endOf(key, events) <= entryTime(now) ? null : key;
};
