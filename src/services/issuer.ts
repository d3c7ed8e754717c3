import type { Scope } from './access.js';

/** The algorithms by which a token may be signed: with a public key each. One that needs a shared secret is none of them. */
export const TOKEN_ALGORITHMS = [
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
  'EdDSA',
] as const;

/** An algorithm by which a token may be signed. */
export type TokenAlgorithm = (typeof TOKEN_ALGORITHMS)[number];

/** Whose a client is: of one organisation, always; or of the one that a claim of its token names, where it is among these. */
export type TokenOrganisation =
  { readonly always: string } | { readonly claim: string; readonly among: readonly string[] };

/** A server whose access tokens are taken, and what they can do here. Nothing in a token can widen it. */
export type Issuer = {
  /** A short word: clients that this issuer knows are named `<name>:<client>` in the log, so that no other client can be taken for one of them. */
  readonly name: string;
  /** What `iss` must be, to the letter. */
  readonly issuer: string;
  /** Where the public keys are fetched from. No other address is ever asked. */
  readonly jwksUri: string;
  /** What `aud` must be or hold: the name under which the issuer knows this service. */
  readonly audience: string;
  readonly algorithms: readonly TokenAlgorithm[];
  /** What the header `typ` must be: one of these, in lower case and without `application/`. */
  readonly types: readonly string[];
  /** For how many seconds a token may count, from `iat` to `exp`. */
  readonly maxLifetimeSeconds: number;
  readonly organisation: TokenOrganisation;
  /** The claim that names the client. */
  readonly clientClaim: string;
  /** What this issuer can allow a client at most. */
  readonly grants: readonly Scope[];
  /** What scopes of the issuer's own stand for here; those of this service stand for themselves. */
  readonly renames: Readonly<Record<string, readonly Scope[]>>;
};
