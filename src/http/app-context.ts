import type { FastifyBaseLogger } from 'fastify';
import type { OnceOnly } from '../services/idempotency.js';
import type { Ports } from '../services/ports.js';
import type { Keybooks } from '../services/keybooks.js';
import type { Rulebooks } from '../services/rulebooks.js';

/** What the service is built of. */
export type AppParts = {
  readonly ports: Ports;
  readonly rulebooks: Rulebooks;
  readonly keybooks: Pick<Keybooks, 'known'>;
  readonly once: OnceOnly;
  readonly logger: FastifyBaseLogger;
  /** Tells why the service is not ready, or null where it is. */
  readonly whyNotReady: () => Promise<string | null>;
};

/** What the routes work with. */
export type AppContext = AppParts & {
  /** Aborted once the service is told to stop: what goes on for long ends then, in its own way. */
  readonly stopping: AbortSignal;
};
