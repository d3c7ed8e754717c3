import { jwtVerify, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyResult } from 'jose';
import { isScope, SCOPES, type Scope } from '../services/access.js';
import type { Issuer } from '../services/issuer.js';
import type { Clock } from '../services/ports.js';
import { keysOf } from './issuer-keys.js';
import { refused, type Known } from './known.js';
import { issuerIn, verdictOfError } from './token-faults.js';

/** Judges an access token (a JWT after RFC 9068) by the issuers that are configured. Never throws. */
export type ReadToken = (text: string) => Promise<Known>;

/** How far the clocks of two machines may be apart, in seconds: so long a token counts after its end, and before its beginning. */
const CLOCK_TOLERANCE_SECONDS = 30;

type Trusted = { readonly issuer: Issuer; readonly keys: JWTVerifyGetKey };

const typeOf = ({ protectedHeader: { typ = '' } }: JWTVerifyResult): string =>
  typ.toLowerCase().replace(/^application\//, '');

const livesTooLong = ({ exp = Infinity, iat = 0 }: JWTPayload, { maxLifetimeSeconds }: Issuer): boolean =>
  exp - iat > maxLifetimeSeconds;

/** Printable, and short enough to stand in the log. */
const CLIENT = /^[\x21-\x7e]{1,128}$/;

const textIn = (claims: JWTPayload, name: string): string | null => {
  const claim = claims[name];
  return typeof claim === 'string' ? claim : null;
};

const organisationIn = (claims: JWTPayload, { organisation }: Issuer): string | null => {
  if ('always' in organisation) return organisation.always;
  const named = textIn(claims, organisation.claim);
  return named !== null && organisation.among.includes(named) ? named : null;
};

const isText = (value: unknown): value is string => typeof value === 'string';

/** The scopes that a token names: a text with spaces between them (RFC 9068), or a list, as some issuers write it. */
const namedIn = ({ scope, scp }: JWTPayload): readonly string[] =>
  [scope, scp].flatMap((claim) =>
    isText(claim) ? claim.split(' ') : Array.isArray(claim) ? claim.filter(isText) : [],
  );

const scopesIn = (claims: JWTPayload, { grants, renames }: Issuer): readonly Scope[] => {
  const renamed = new Map(Object.entries(renames));
  const meant = new Set(
    namedIn(claims).flatMap((named) => renamed.get(named) ?? (isScope(named) ? [named] : [])),
  );
  return SCOPES.filter((scope) => meant.has(scope) && grants.includes(scope));
};

const judge = (verified: JWTVerifyResult, issuer: Issuer): Known => {
  const claims = verified.payload;
  if (!issuer.types.includes(typeOf(verified))) return refused('type');
  if (livesTooLong(claims, issuer)) return refused('lifetime');
  const client = textIn(claims, issuer.clientClaim);
  if (client === null || !CLIENT.test(client)) return refused('client');
  const organisation = organisationIn(claims, issuer);
  if (organisation === null) return refused('organisation');
  return {
    kind: 'known',
    principal: {
      organisation,
      client: `${issuer.name}:${client}`,
      scopes: scopesIn(claims, issuer),
      via: 'token',
    },
  };
};

const verify = async (text: string, { issuer, keys }: Trusted, clock: Clock): Promise<Known> => {
  try {
    const verified = await jwtVerify(text, keys, {
      issuer: issuer.issuer,
      audience: issuer.audience,
      algorithms: [...issuer.algorithms],
      requiredClaims: ['exp', 'iat'],
      maxTokenAge: issuer.maxLifetimeSeconds,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(clock().epochMs),
    });
    return judge(verified, issuer);
  } catch (error) {
    return verdictOfError(error);
  }
};

/**
 * Reads tokens of these issuers. What a token says of itself only picks the issuer by whose keys it is then judged; nothing else of it is believed before its
 * signature holds.
 */
export const tokenReader = (issuers: readonly Issuer[], clock: Clock): ReadToken => {
  const trusted = new Map(issuers.map((issuer) => [issuer.issuer, { issuer, keys: keysOf(issuer) }]));
  return async (text) => {
    const named = issuerIn(text);
    if (named === null) return refused('not-a-token');
    const one = trusted.get(named);
    return one === undefined ? refused('unknown-issuer') : verify(text, one, clock);
  };
};
