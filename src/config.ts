import { z } from 'zod';
import { readCdsClientsFile, readIssuersFile } from './issuers.js';
import { readVerifierKey, type VerifierKey } from './log/verifier-key.js';
import type { CdsClient } from './services/cds-client.js';
import type { Issuer } from './services/issuer.js';
import type { MasterKeySource } from './storage/master-key-source.js';
import { parseMasterKey } from './storage/master-key.js';
import { isOrigin, isPublicUrl, isSafeAddress } from './values/addresses.js';

/** Files in PEM: a certificate with those that it rests on, and its private key. */
export type TlsFiles = { readonly certFile: string; readonly keyFile: string };

/** The settings of the service, read once from the environment. */
export type Config = {
  readonly host: string;
  /** Whether whoever runs the service says that TLS ends in front of it. */
  readonly tlsEndsInFront: boolean;
  /** The files of the certificate and of its key with which the service itself speaks TLS; null where it does not. */
  readonly tlsFiles: TlsFiles | null;
  /** The issuers whose access tokens are taken. */
  readonly issuers: readonly Issuer[];
  /** The clients of CDS services that sign a JWT for each call. */
  readonly cdsClients: readonly CdsClient[];
  /** The origins whose pages may call the service from a browser. */
  readonly corsOrigins: readonly string[];
  /** The address under which the service is reached from elsewhere; null where it has none. */
  readonly publicUrl: string | null;
  /** The FHIR servers that may be asked for what the prefetch of a hook lacks: base addresses without a slash at their end. */
  readonly fhirServers: readonly string[];
  /** How many requests a client may make in a minute. */
  readonly requestsPerMinute: number;
  readonly port: number;
  readonly dataDir: string;
  readonly rulesDir: string;
  /** The folder of tables of terminology; null where there is none. */
  readonly terminologyDir: string | null;
  /** The key that must have signed every release; null where none need be signed. */
  readonly releaseKey: VerifierKey | null;
  /** The file to which checkpoints are appended; null where they are told in the log of the service alone. */
  readonly checkpointFile: string | null;
  /** For how many days what is kept of patients is kept; null is for ever. */
  readonly retentionDays: number | null;
  /** Where the master key comes from; null where it is the one that lies in the data folder. */
  readonly masterKey: MasterKeySource | null;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
};

/** A setting is wrong: the start must stop. The message is one line that names the setting. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Whether only programs on this machine can reach an address. */
export const isLoopback = (host: string): boolean => LOOPBACK.has(host);

const environmentSchema = z.object({
  HOST: z.string().min(1, { error: 'must not be empty' }).default('127.0.0.1'),
  TLS_ENDS_IN_FRONT: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
  TLS_CERT_FILE: z.string().min(1, { error: 'must not be empty' }).nullable().default(null),
  TLS_KEY_FILE: z.string().min(1, { error: 'must not be empty' }).nullable().default(null),
  TOKEN_ISSUERS_FILE: z
    .string()
    .transform((file, context) => {
      const read = readIssuersFile(file);
      if (read.ok) return read.issuers;
      context.addIssue({ code: 'custom', message: read.fault });
      return z.NEVER;
    })
    .default([]),
  CDS_CLIENTS_FILE: z
    .string()
    .transform((file, context) => {
      const read = readCdsClientsFile(file);
      if (read.ok) return read.clients;
      context.addIssue({ code: 'custom', message: read.fault });
      return z.NEVER;
    })
    .default([]),
  CORS_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((origin) => origin.trim()))
    .refine((origins) => origins.every(isOrigin), {
      error: 'must be origins with commas between them, such as https://intake.example.org',
    })
    .default([]),
  PUBLIC_URL: z
    .string()
    .refine(isPublicUrl, {
      error:
        'must be an http or https address without a slash at its end, such as https://screening.example.org',
    })
    .nullable()
    .default(null),
  FHIR_SERVERS: z
    .string()
    .transform((text) => text.split(',').map((base) => base.trim().replace(/\/$/, '')))
    .refine((bases) => bases.every((base) => isPublicUrl(base) && isSafeAddress(base)), {
      error:
        'must be base addresses of FHIR servers with commas between them, such as https://ehr.example.org/r4 (http only on this machine)',
    })
    .default([]),
  REQUESTS_PER_MINUTE: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, { error: 'must be a number of requests, from 1 to 9999999' })
    .default('6000')
    .transform(Number),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: 'must be a port from 0 to 65535' })
    .default('3000')
    .transform(Number)
    .refine((port) => port <= 65_535, { error: 'must be a port from 0 to 65535' }),
  DATA_DIR: z.string().min(1, { error: 'must not be empty' }).default('./data'),
  TERMINOLOGY_DIR: z.string().min(1, { error: 'must not be empty' }).nullable().default(null),
  RULES_DIR: z.string().min(1, { error: 'must not be empty' }).default('./rules'),
  // An empty text is no key and no way to leave it out: a variable that was never filled in must not switch the check off.
  RELEASE_KEY: z
    .string()
    .transform(readVerifierKey)
    .refine((key) => key !== null, {
      error: 'must be a key as `rules keygen` prints it, <name>+<id>+<base64>',
    })
    .nullable()
    .default(null),
  CHECKPOINT_FILE: z.string().min(1, { error: 'must not be empty' }).nullable().default(null),
  RETENTION_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, { error: 'must be a number of days, from 1 to 999999' })
    .transform(Number)
    .nullable()
    .default(null),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
  DATABASE_URL: z
    .string()
    .optional()
    .refine((url) => url === undefined, {
      error: 'is not supported yet: leave it out to use the embedded database',
    }),
});

type Settings = z.output<typeof environmentSchema>;

/** @throws ConfigError where one of the two is given alone */
const tlsFilesOf = ({ TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile }: Settings): TlsFiles | null => {
  if (certFile !== null && keyFile !== null) return { certFile, keyFile };
  if (certFile === keyFile) return null;
  throw new ConfigError(
    `${certFile === null ? 'TLS_CERT_FILE' : 'TLS_KEY_FILE'} must be set too: a certificate and its key belong together`,
  );
};

/** @throws ConfigError where clients sign for an address that is not known */
const cdsClientsOf = ({ CDS_CLIENTS_FILE: clients, PUBLIC_URL: url }: Settings): readonly CdsClient[] => {
  if (clients.length === 0 || url !== null) return clients;
  throw new ConfigError('PUBLIC_URL must be set too: clients of CDS services sign for that address');
};

type Environment = Readonly<Record<string, string | undefined>>;

const sourcesIn = (environment: Environment, name: string): readonly MasterKeySource[] =>
  (
    [
      ['text', name],
      ['file', `${name}_FILE`],
      ['command', `${name}_COMMAND`],
    ] as const
  ).flatMap(([kind, setting]) => {
    const value = environment[setting];
    return value === undefined ? [] : [{ kind, setting, value }];
  });

const assertSource = ({ kind, setting, value }: MasterKeySource): void => {
  if (value.trim() === '') throw new ConfigError(`${setting} must not be empty: leave it out instead`);
  if (kind === 'text' && parseMasterKey(value) === null)
    throw new ConfigError(`${setting} must be a whole master key, as \`master-key make\` prints it`);
};

/**
 * Where an environment says that a master key comes from; null where it says nothing. Nothing is read there yet.
 * @throws ConfigError where it says so twice, or in a way that cannot be meant. It never tells the key
 */
export const masterKeySourceIn = (
  environment: Environment,
  name: 'MASTER_KEY' | 'NEXT_MASTER_KEY',
): MasterKeySource | null => {
  const sources = sourcesIn(environment, name);
  if (sources.length > 1)
    throw new ConfigError(
      `${sources.map(({ setting }) => setting).join(' and ')} are set, and each says where the master key comes from: keep one of them`,
    );
  sources.forEach(assertSource);
  return sources[0] ?? null;
};

/**
 * Reads the settings from an environment.
 * @throws ConfigError that names the first setting that is wrong
 */
export const readConfig = (environment: Environment): Config => {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(`${String(issue?.path[0])} ${issue?.message ?? 'is wrong'}`);
  }
  const { data } = parsed;
  return Object.freeze({
    host: data.HOST,
    tlsEndsInFront: data.TLS_ENDS_IN_FRONT === 'true',
    tlsFiles: tlsFilesOf(data),
    issuers: data.TOKEN_ISSUERS_FILE,
    cdsClients: cdsClientsOf(data),
    corsOrigins: data.CORS_ORIGINS,
    publicUrl: data.PUBLIC_URL,
    fhirServers: data.FHIR_SERVERS,
    requestsPerMinute: data.REQUESTS_PER_MINUTE,
    port: data.PORT,
    dataDir: data.DATA_DIR,
    rulesDir: data.RULES_DIR,
    terminologyDir: data.TERMINOLOGY_DIR,
    releaseKey: data.RELEASE_KEY,
    checkpointFile: data.CHECKPOINT_FILE,
    retentionDays: data.RETENTION_DAYS,
    masterKey: masterKeySourceIn(environment, 'MASTER_KEY'),
    logLevel: data.LOG_LEVEL,
  });
};
