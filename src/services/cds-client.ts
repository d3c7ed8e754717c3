import type { TokenAlgorithm } from './issuer.js';

/** A public key, as a JWK. */
export type PublicJwk = Readonly<Record<string, string>>;

/** A client of CDS services that signs a JWT for each call. What it may do is to screen, and nothing else. */
export type CdsClient = {
  /** A short word: in the log it is named `<name>:cds`. */
  readonly name: string;
  /** What `iss` must be, to the letter. */
  readonly issuer: string;
  readonly organisation: string;
  /** The public keys that were agreed; null where they are fetched. */
  readonly jwks: { readonly keys: readonly PublicJwk[] } | null;
  /** Where keys may be fetched from: the first one where a token names none, and no address that is not among these, ever. */
  readonly jwksUris: readonly string[];
  readonly algorithms: readonly TokenAlgorithm[];
  /** What `aud` may be beside the address of the service that is called. */
  readonly audiences: readonly string[];
  /** For how many seconds a token may count, from `iat` to `exp`. */
  readonly maxLifetimeSeconds: number;
  /** How far its clock may be from that of the service, in seconds. */
  readonly clockSkewSeconds: number;
  /** What `tenant` must be among; null where it is not looked at. */
  readonly tenants: readonly string[] | null;
};
