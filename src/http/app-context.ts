import type { FastifyBaseLogger } from 'fastify';
import type { Products } from '../formats/fhir/products.js';
import type { CdsClient } from '../services/cds-client.js';
import type { OnceOnly } from '../services/idempotency.js';
import type { Issuer } from '../services/issuer.js';
import type { Ports } from '../services/ports.js';
import type { Keybooks } from '../services/keybooks.js';
import type { Rulebooks } from '../services/rulebooks.js';
import type { Meters } from './metrics/meters.js';

/** A certificate with those that it rests on, and its private key, in PEM. */
export type Tls = { readonly cert: Buffer; readonly key: Buffer };

/** How the service meets those who call it. */
export type Reception = {
  /** With what it speaks TLS itself; null where it does not. */
  readonly tls: Tls | null;
  /** Whether what is sent is protected, here or in front: then browsers are told to come no other way. */
  readonly isProtected: boolean;
  /** The issuers whose tokens are taken; none where there is none. */
  readonly issuers: readonly Issuer[];
  /** The clients of CDS services that sign a JWT for each call; none where there is none. */
  readonly cdsClients: readonly CdsClient[];
  /** The origins whose pages may call from a browser. */
  readonly corsOrigins: readonly string[];
  /** The address under which the service is reached from elsewhere, without a slash at its end; null where it has none. */
  readonly publicUrl: string | null;
  /** The FHIR servers that may be asked for what the prefetch of a hook lacks: base addresses without a slash at their end; none where there is none. */
  readonly fhirServers: readonly string[];
  /** How many requests a client may make in a minute. */
  readonly requestsPerMinute: number;
  /** How many requests are worked on at once; what comes beside them is turned away. */
  readonly mostAtOnce: number;
};

/** What the service is built of. */
export type AppParts = {
  readonly ports: Ports;
  readonly rulebooks: Rulebooks;
  readonly keybooks: Pick<Keybooks, 'known'>;
  readonly reception: Reception;
  readonly once: OnceOnly;
  /** What is known of products of medicines. */
  readonly products: Products;
  readonly logger: FastifyBaseLogger;
  /** Tells why the service is not ready, or null where it is. */
  readonly whyNotReady: () => Promise<string | null>;
};

/** What the routes work with. */
export type AppContext = AppParts & {
  /** What the service counts of itself. */
  readonly meters: Meters;
  /** Aborted once the service is told to stop: what goes on for long ends then, in its own way. */
  readonly stopping: AbortSignal;
};
