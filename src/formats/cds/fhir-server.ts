import { isJsonObject, type JsonObject } from '../../values/json.js';
import { memberOf, textOf } from './members.js';

/** The FHIR server of an EHR: its base address without a slash at its end, and the token that it asks for; null where it asks for none. */
export type FhirServer = { readonly base: string; readonly token: string | null };

/** Why a FHIR server is not asked. */
export type WhyNotAsked = 'not-listed' | 'no-bearer-token';

/** What a call says of the FHIR server of its EHR: none, one that is not asked and why, or one that may be asked. */
export type ServerNamed =
  | { readonly kind: 'none' }
  | { readonly kind: 'not-asked'; readonly why: WhyNotAsked }
  | { readonly kind: 'may-be-asked'; readonly server: FhirServer };

/** A token as RFC 6750 has it: nothing in it can end a header. */
const TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

const withoutSlash = (base: string): string => base.replace(/\/$/, '');

/** The token of an authorization; undefined where it has none that can be sent as `Bearer`. */
const bearerIn = (authorization: JsonObject): string | undefined => {
  const token = textOf(authorization, 'access_token');
  const type = textOf(authorization, 'token_type');
  return token !== null && TOKEN.test(token) && type?.toLowerCase() === 'bearer' ? token : undefined;
};

/**
 * Whether the FHIR server of a call may be asked.
 * @param allowed base addresses without a slash at their end. What a call names must be one of them to the letter: a token of one EHR is for no other server
 */
export const serverNamedIn = (received: JsonObject, allowed: readonly string[]): ServerNamed => {
  const named = textOf(received, 'fhirServer');
  if (named === null) return { kind: 'none' };
  const base = withoutSlash(named);
  if (!allowed.includes(base)) return { kind: 'not-asked', why: 'not-listed' };
  const authorization = memberOf(received, 'fhirAuthorization');
  if (authorization === null) return { kind: 'may-be-asked', server: { base, token: null } };
  const token = isJsonObject(authorization) ? bearerIn(authorization) : undefined;
  return token === undefined
    ? { kind: 'not-asked', why: 'no-bearer-token' }
    : { kind: 'may-be-asked', server: { base, token } };
};
