import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { ConfigError, isLoopback, type Config, type TlsFiles } from './config.js';
import type { Reception, Tls } from './http/app-context.js';
import { isGuarded } from './http/guarded.js';
import type { KeyEvents } from './services/key-events.js';
import { errorCodeOf } from './values/error-code.js';

/**
 * An address that others can reach needs access control, and something that protects what is sent.
 * @throws ConfigError where either is missing
 */
export const assertGuarded = (host: string, reception: Reception, keys: KeyEvents): void => {
  if (isLoopback(host)) return;
  if (!isGuarded(reception, keys))
    throw new ConfigError(
      'HOST must be a loopback address (127.0.0.1, ::1, localhost), for no access control is set up: make a key first (`keys create`), or set TOKEN_ISSUERS_FILE',
    );
  if (!reception.isProtected)
    throw new ConfigError(
      'HOST is an address that others can reach, and nothing protects what is sent: set TLS_CERT_FILE and TLS_KEY_FILE, or TLS_ENDS_IN_FRONT=true where TLS ends in front of the service',
    );
};

/** @throws ConfigError where a file of TLS cannot be read */
const readTls = (files: TlsFiles | null): Tls | null => {
  if (files === null) return null;
  const read = (name: string, file: string): Buffer => {
    try {
      return readFileSync(file);
    } catch (error) {
      throw new ConfigError(`${name} cannot be read (${errorCodeOf(error)})`);
    }
  };
  return { cert: read('TLS_CERT_FILE', files.certFile), key: read('TLS_KEY_FILE', files.keyFile) };
};

/** @throws ConfigError where the two are no certificate and its key */
const assertCertificate = (tls: Tls): void => {
  try {
    createSecureContext(tls);
  } catch {
    throw new ConfigError(
      'TLS_CERT_FILE and TLS_KEY_FILE are not a certificate in PEM and the private key of it',
    );
  }
};

/**
 * How many requests are worked on at once. Each waits for the same disk: with more of them none would be answered sooner, and all of them later than a caller
 * waits.
 */
const MOST_AT_ONCE = 1_024;

/** How the service meets its callers. @throws ConfigError where a file of it cannot be used */
export const receptionOf = (config: Config): Reception => {
  const { issuers, cdsClients, corsOrigins, publicUrl, fhirServers, requestsPerMinute, tlsEndsInFront } =
    config;
  const tls = readTls(config.tlsFiles);
  if (tls !== null) assertCertificate(tls);
  return {
    tls,
    isProtected: tls !== null || tlsEndsInFront,
    issuers,
    cdsClients,
    corsOrigins,
    publicUrl,
    fhirServers,
    requestsPerMinute,
    mostAtOnce: MOST_AT_ONCE,
  };
};
