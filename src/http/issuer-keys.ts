import { createRemoteJWKSet, customFetch, type FetchImplementation, type JWTVerifyGetKey } from 'jose';
import type { Issuer } from '../services/issuer.js';
import { bytesWithin } from './bytes-within.js';

/** The keys of an issuer cannot be fetched, so that nothing can be said of its tokens. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}

/** How long an issuer may take to answer, in milliseconds. */
const FETCH_LIMIT_MS = 3_000;

/** How long keys count before they are fetched again, in milliseconds: so long may a key go on that its issuer took back. */
const KEPT_MS = 600_000;

/** How long after they were fetched no key that is not among them makes them be fetched again, in milliseconds. */
const COOLDOWN_MS = 30_000;

/** How long an issuer that did not answer well is not asked again, in milliseconds: requests must not pile up on one that is down. */
const REST_MS = 2_000;

/** Far more than any set of keys has, in bytes. */
const MOST_BYTES = 65_536;

const fetchWithin: FetchImplementation = async (url, options) => {
  const response = await fetch(url, options);
  if (response.status !== 200) throw new KeysUnavailableError(`answered ${String(response.status)}`);
  const bytes = await bytesWithin(response, [{ left: MOST_BYTES }]);
  if (bytes === null) throw new KeysUnavailableError('the set of keys is too large');
  return new Response(bytes, { status: 200 });
};

/** Asks an issuer, and leaves it in peace for a moment where it did not answer well. */
const fetchInPeace = (): FetchImplementation => {
  let restsUntil = 0;
  return async (url, options) => {
    if (performance.now() < restsUntil) throw new KeysUnavailableError('did not answer a moment ago');
    try {
      return await fetchWithin(url, options);
    } catch (error) {
      restsUntil = performance.now() + REST_MS;
      throw error instanceof KeysUnavailableError
        ? error
        : new KeysUnavailableError('does not answer', { cause: error });
    }
  };
};

/**
 * The keys of an issuer: fetched when a token is first judged by them, kept, and fetched once more where a token names a key that is not among
 * them. They come from the address that is configured and from nowhere else: no redirect is followed, and no address in a token is asked.
 */
export const keysOf = ({ jwksUri }: Pick<Issuer, 'jwksUri'>): JWTVerifyGetKey =>
  createRemoteJWKSet(new URL(jwksUri), {
    timeoutDuration: FETCH_LIMIT_MS,
    cacheMaxAge: KEPT_MS,
    cooldownDuration: COOLDOWN_MS,
    [customFetch]: fetchInPeace(),
  });
