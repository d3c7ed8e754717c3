import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { SCOPES } from './services/access.js';
import type { CdsClient } from './services/cds-client.js';
import { TOKEN_ALGORITHMS, type Issuer, type TokenAlgorithm } from './services/issuer.js';
import { isSafeAddress } from './values/addresses.js';
import { isName, isOrganisation } from './values/names.js';
import { readJson } from './values/read-json.js';
import { errorCodeOf } from './values/error-code.js';

/** The issuers, or what is wrong with the file that tells them: the first fault, in one line. */
export type IssuersRead =
  { readonly ok: true; readonly issuers: readonly Issuer[] } | { readonly ok: false; readonly fault: string };

/** Keys that were fetched in plain could be anyone's, except from this machine. */
const address = z.string().refine(isSafeAddress, {
  error: 'must be an https address (http only on this machine), without a user in it',
});

const organisation = z.string().refine(isOrganisation, {
  error: 'must be a word of letters, digits, dots and dashes, and not `service`',
});

const filled = z.string().min(1, { error: 'must not be empty' });

const aScope = z.enum(SCOPES, { error: `must be of ${SCOPES.join(', ')}` });

const DEFAULT_LIFETIME_SECONDS = 3_600;

const LONGEST_LIFETIME_SECONDS = 86_400;

const algorithms = z
  .array(z.enum(TOKEN_ALGORITHMS, { error: `must be of ${TOKEN_ALGORITHMS.join(', ')}` }))
  .min(1, { error: 'must name at least one algorithm' });

const lifetime = z
  .int()
  .min(1)
  .max(LONGEST_LIFETIME_SECONDS, { error: `must be at most ${String(LONGEST_LIFETIME_SECONDS)}` })
  .default(DEFAULT_LIFETIME_SECONDS);

const issuerSchema = z.strictObject({
  name: z.string().refine(isName, { error: 'must be a word of letters, digits, dots and dashes' }),
  issuer: address,
  jwksUri: address,
  audience: filled,
  algorithms,
  types: z
    .array(filled.regex(/^[a-z0-9+.-]+$/))
    .min(1)
    .default(['at+jwt']),
  maxLifetimeSeconds: lifetime,
  organisation: z.union([
    z.strictObject({ always: organisation }),
    z.strictObject({ claim: filled, among: z.array(organisation).min(1) }),
  ]),
  clientClaim: filled.default('client_id'),
  grants: z.array(aScope).min(1, { error: 'must name at least one scope' }),
  renames: z.record(filled, z.array(aScope)).default({}),
});

/** What CDS Hooks asks of every service; others are taken where a client is configured with them. */
const CDS_ALGORITHMS = ['ES384', 'RS384'] as const satisfies readonly TokenAlgorithm[];

const CLOCK_SKEW_SECONDS = 60;

const cdsClientSchema = z
  .strictObject({
    name: z.string().refine(isName, { error: 'must be a word of letters, digits, dots and dashes' }),
    issuer: address,
    organisation,
    jwks: z
      .strictObject({ keys: z.array(z.record(z.string(), z.string())).min(1) })
      .nullable()
      .default(null),
    jwksUris: z.array(address).default([]),
    algorithms: algorithms.default([...CDS_ALGORITHMS]),
    audiences: z.array(filled).default([]),
    maxLifetimeSeconds: lifetime,
    clockSkewSeconds: z.int().min(0).max(300, { error: 'must be at most 300' }).default(CLOCK_SKEW_SECONDS),
    tenants: z.array(filled).min(1).nullable().default(null),
  })
  .refine(({ jwks, jwksUris }) => jwks !== null || jwksUris.length > 0, {
    error: 'must have `jwks`, or an address among `jwksUris`',
  })
  .refine(({ jwks }) => jwks?.keys.every((key) => !('d' in key) && key.kty !== 'oct') !== false, {
    error: 'must hold public keys alone',
    path: ['jwks'],
  });

const isEachOnce = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

const fileSchema = z.strictObject({
  issuers: z
    .array(issuerSchema)
    .min(1, { error: 'must name at least one issuer: leave the setting out where there is none' })
    .refine((issuers) => isEachOnce(issuers.map(({ name }) => name)), { error: 'must not share a name' })
    .refine((issuers) => isEachOnce(issuers.map(({ issuer }) => issuer)), {
      error: 'must not name an issuer twice',
    }),
});

const faultOf = ({ path, message }: z.core.$ZodIssue): string =>
  `is wrong at /${path.map(String).join('/')}: ${message}`;

const clientsFileSchema = z.strictObject({
  clients: z
    .array(cdsClientSchema)
    .min(1, { error: 'must name at least one client: leave the setting out where there is none' })
    .refine((clients) => isEachOnce(clients.map(({ name }) => name)), { error: 'must not share a name' })
    .refine((clients) => isEachOnce(clients.map(({ issuer }) => issuer)), {
      error: 'must not name a client twice',
    }),
});

/** The clients of CDS services, or what is wrong with the file that tells them: the first fault, in one line. */
export type CdsClientsRead =
  | { readonly ok: true; readonly clients: readonly CdsClient[] }
  | { readonly ok: false; readonly fault: string };

/** Reads the text that tells of clients of CDS services. */
export const readCdsClients = (bytes: Buffer): CdsClientsRead => {
  const json = readJson(bytes);
  if (!json.ok) return { ok: false, fault: 'is not strict JSON' };
  const parsed = clientsFileSchema.safeParse(json.value);
  if (parsed.success) return { ok: true, clients: parsed.data.clients };
  const [first] = parsed.error.issues;
  return { ok: false, fault: first === undefined ? 'is wrong' : faultOf(first) };
};

/** Reads the file that tells of clients of CDS services. */
export const readCdsClientsFile = (file: string): CdsClientsRead => {
  try {
    return readCdsClients(readFileSync(file));
  } catch (error) {
    return { ok: false, fault: `cannot be read (${errorCodeOf(error)})` };
  }
};

/** Reads the text that tells of issuers. */
export const readIssuers = (bytes: Buffer): IssuersRead => {
  const json = readJson(bytes);
  if (!json.ok) return { ok: false, fault: 'is not strict JSON' };
  const parsed = fileSchema.safeParse(json.value);
  if (parsed.success) return { ok: true, issuers: parsed.data.issuers };
  const [first] = parsed.error.issues;
  return { ok: false, fault: first === undefined ? 'is wrong' : faultOf(first) };
};

/** Reads the file that tells of issuers. */
export const readIssuersFile = (file: string): IssuersRead => {
  try {
    return readIssuers(readFileSync(file));
  } catch (error) {
    return { ok: false, fault: `cannot be read (${errorCodeOf(error)})` };
  }
};
