import type { KeyEvents } from '../services/key-events.js';
import { hasKeys } from '../services/keybooks.js';
import type { Reception } from './app-context.js';

/** Whether anything says who may ask: a key that was once made, or an issuer of tokens, a client of CDS services. Else the service is open to its own machine. */
export const isGuarded = ({ issuers, cdsClients }: Reception, keys: KeyEvents): boolean =>
  issuers.length > 0 || cdsClients.length > 0 || hasKeys(keys);
