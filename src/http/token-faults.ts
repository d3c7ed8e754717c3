import { decodeJwt, errors } from 'jose';
import { KeysUnavailableError } from './issuer-keys.js';
import { refused, type Known, type Refusal } from './known.js';

/** The issuer that a token names, which nothing proves yet; null where it is no token or names none. */
export const issuerIn = (text: string): string | null => {
  try {
    return decodeJwt(text).iss ?? null;
  } catch {
    return null;
  }
};

const CLAIM_REFUSALS: Readonly<Record<string, Refusal>> = {
  aud: 'audience',
  nbf: 'not-yet',
  iat: 'not-yet',
  typ: 'type',
};

/** What a refusal of the library is called in the log of the service. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  ERR_JOSE_ALG_NOT_ALLOWED: 'algorithm',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature',
  ERR_JWKS_NO_MATCHING_KEY: 'signing-key',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'signing-key',
  ERR_JWT_EXPIRED: 'expired',
};

const refusalOf = (error: unknown): Refusal => {
  if (error instanceof errors.JWTClaimValidationFailed) return CLAIM_REFUSALS[error.claim] ?? 'claims';
  return error instanceof errors.JOSEError ? (REFUSALS[error.code] ?? 'not-a-token') : 'signing-key';
};

/** The codes of the library for a set of keys that did not come in time, or is none. */
const NO_KEYS: ReadonlySet<string> = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']);

/** Why no key could be had, where that is what an error says; else null. */
const keysFaultOf = (error: unknown): string | null => {
  if (error instanceof KeysUnavailableError) return error.message;
  return error instanceof errors.JOSEError && NO_KEYS.has(error.code) ? error.code : null;
};

/** What becomes of a token whose verification failed: it counts for nothing, or it cannot be judged now. */
export const verdictOfError = (error: unknown): Known => {
  const cause = keysFaultOf(error);
  return cause === null ? refused(refusalOf(error)) : { kind: 'unavailable', cause };
};
