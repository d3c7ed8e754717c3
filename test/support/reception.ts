import type { Reception } from '../../src/http/app-context.js';

/** How a service of a test meets its callers, where the test says nothing else: in plain, without issuers, and with no end to what a client may ask. */
export const RECEPTION: Reception = {
  tls: null,
  isProtected: false,
  issuers: [],
  cdsClients: [],
  corsOrigins: [],
  publicUrl: null,
  fhirServers: [],
  requestsPerMinute: 1_000_000_000,
  mostAtOnce: 1_000_000,
};
