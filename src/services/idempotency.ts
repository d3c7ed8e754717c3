import type { IdempotencyKey, IdempotencyScope } from '../log/entry.js';
import { KeyTakenError, type KeyedEntry, type Ports } from './ports.js';

/** How long a repeated request waits for the first one, in milliseconds. */
const WAIT_LIMIT_MS = 5_000;

/** What became of a request that names an idempotency key. */
export type Once<T> =
  | { readonly kind: 'first'; readonly value: T }
  | { readonly kind: 'repeated'; readonly stored: KeyedEntry }
  | { readonly kind: 'other-body' }
  | { readonly kind: 'still-running' };

/** Runs what may happen once only for a key: see `onceOnly`. */
export type OnceOnly = <T>(key: IdempotencyKey, run: () => Promise<T>) => Promise<Once<T>>;

type Running = { readonly bodyHash: string; readonly done: Promise<void> };

const nameOf = ({ organisation, client, path, key }: IdempotencyScope): string =>
  JSON.stringify([organisation, client, path, key]);

const judge = <T>(stored: KeyedEntry, key: IdempotencyKey): Once<T> =>
  stored.bodyHash === key.bodyHash ? { kind: 'repeated', stored } : { kind: 'other-body' };

/**
 * Makes sure that requests with one idempotency key have one effect. While one runs, equal ones wait for it and then get what it stored, and one with
 * another body is refused; what is stored is found for ever. Where the first one fails, nothing is kept, and the next one runs.
 */
export const onceOnly = ({ log, pause }: Pick<Ports, 'log' | 'pause'>): OnceOnly => {
  const running = new Map<string, Running>();

  const settle = async <T>(key: IdempotencyKey, run: () => Promise<T>): Promise<Once<T>> => {
    const before = await log.findByKey(key);
    if (before !== null) return judge(before, key);
    try {
      return { kind: 'first', value: await run() };
    } catch (error) {
      const stored = error instanceof KeyTakenError ? await log.findByKey(key) : null;
      if (stored === null) throw error;
      return judge(stored, key);
    }
  };

  const claim = async <T>(key: IdempotencyKey, run: () => Promise<T>): Promise<Once<T>> => {
    const settled = settle(key, run);
    const done = settled.then(
      () => undefined,
      () => undefined,
    );
    running.set(nameOf(key), { bodyHash: key.bodyHash, done });
    try {
      return await settled;
    } finally {
      running.delete(nameOf(key));
    }
  };

  return async (key, run) => {
    const limit = pause(WAIT_LIMIT_MS).then(() => 'late' as const);
    for (let other = running.get(nameOf(key)); other !== undefined; other = running.get(nameOf(key))) {
      if (other.bodyHash !== key.bodyHash) return { kind: 'other-body' };
      if ((await Promise.race([other.done, limit])) === 'late') return { kind: 'still-running' };
    }
    return claim(key, run);
  };
};
