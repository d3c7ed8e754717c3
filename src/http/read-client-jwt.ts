import {
  createLocalJWKSet,
  decodeProtectedHeader,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import type { CdsClient } from '../services/cds-client.js';
import type { Clock } from '../services/ports.js';
import { keysOf } from './issuer-keys.js';
import { refused, type Known, type Refusal } from './known.js';
import { issuerIn, verdictOfError } from './token-faults.js';

/** Judges the JWT of a client of CDS services; null where it is of none of them. Never throws. */
export type ReadClientJwt = (text: string, path: string) => Promise<Known> | null;

type Keys = (jku: string | null) => JWTVerifyGetKey | null;

type Trusted = { readonly client: CdsClient; readonly keys: Keys };

/** A header names a key at most; where it names an address, that must be one of those that are configured. */
const keysFor = ({ jwks, jwksUris }: CdsClient): Keys => {
  const fetched = new Map(jwksUris.map((jwksUri) => [jwksUri, keysOf({ jwksUri })]));
  const agreed =
    jwks === null
      ? null
      : createLocalJWKSet({ keys: jwks.keys.map((key) => ({ ...key, kty: key.kty ?? '' })) });
  const [first = null] = fetched.values();
  return (jku) => (jku === null ? (agreed ?? first) : (fetched.get(jku) ?? null));
};

/** The address at which a token says that its keys are; null where it says none. */
const jkuIn = (text: string): string | null => decodeProtectedHeader(text).jku ?? null;

/** Remembers which tokens were shown, as long as they could be shown again. */
const seenOnce = (): ((name: string, untilMs: number, nowMs: number) => boolean) => {
  const seen = new Map<string, number>();
  return (name, untilMs, nowMs) => {
    for (const [other, until] of seen) if (until < nowMs) seen.delete(other);
    if (seen.has(name)) return false;
    seen.set(name, untilMs);
    return true;
  };
};

const isTenant = (tenant: unknown, { tenants }: CdsClient): boolean =>
  tenants === null || (typeof tenant === 'string' && tenants.includes(tenant));

const faultOf = (
  { exp = Infinity, iat = 0, jti = '', tenant }: JWTPayload,
  client: CdsClient,
): Refusal | null => {
  if (exp - iat > client.maxLifetimeSeconds) return 'lifetime';
  if (jti === '') return 'claims';
  return isTenant(tenant, client) ? null : 'organisation';
};

const knownAs = ({ name, organisation }: CdsClient): Known => ({
  kind: 'known',
  principal: { organisation, client: `${name}:cds`, scopes: ['screen'], via: 'token' },
});

/**
 * Reads the JWTs of clients of CDS services (CDS Hooks 2.0, trusting CDS clients). A token is for one service, by its address, and counts once.
 * @param base the address under which the service is reached from elsewhere
 */
export const clientJwtReader = (
  clients: readonly CdsClient[],
  base: string | null,
  clock: Clock,
): ReadClientJwt => {
  const trusted = new Map<string, Trusted>(
    clients.map((client) => [client.issuer, { client, keys: keysFor(client) }]),
  );
  const isFirst = seenOnce();

  const verify = async (text: string, path: string, { client, keys }: Trusted): Promise<Known> => {
    try {
      const found = keys(jkuIn(text));
      if (found === null) return refused('signing-key');
      const { payload } = await jwtVerify(text, found, {
        issuer: client.issuer,
        audience: [...(base === null ? [] : [`${base}${path}`]), ...client.audiences],
        algorithms: [...client.algorithms],
        typ: 'JWT',
        requiredClaims: ['exp', 'iat', 'jti', 'aud'],
        maxTokenAge: client.maxLifetimeSeconds,
        clockTolerance: client.clockSkewSeconds,
        currentDate: new Date(clock().epochMs),
      });
      const fault = faultOf(payload, client);
      if (fault !== null) return refused(fault);
      const untilMs = ((payload.exp ?? 0) + client.clockSkewSeconds) * 1_000;
      const name = JSON.stringify([client.issuer, payload.jti]);
      return isFirst(name, untilMs, clock().epochMs) ? knownAs(client) : refused('replayed');
    } catch (error) {
      return verdictOfError(error);
    }
  };

  return (text, path) => {
    const one = trusted.get(issuerIn(text) ?? '');
    return one === undefined ? null : verify(text, path, one);
  };
};
