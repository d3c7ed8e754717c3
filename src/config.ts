import { z } from 'zod';
import { readVerifierKey, type VerifierKey } from './log/verifier-key.js';
import type { MasterKeySource } from './storage/master-key-source.js';
import { parseMasterKey } from './storage/master-key.js';

/** The settings of the service, read once from the environment. */
export type Config = {
  readonly host: string;
  /** Whether whoever runs the service says that TLS ends in front of it. */
  readonly tlsEndsInFront: boolean;
  readonly port: number;
  readonly dataDir: string;
  readonly rulesDir: string;
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
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: 'must be a port from 0 to 65535' })
    .default('3000')
    .transform(Number)
    .refine((port) => port <= 65_535, { error: 'must be a port from 0 to 65535' }),
  DATA_DIR: z.string().min(1, { error: 'must not be empty' }).default('./data'),
  RULES_DIR: z.string().min(1, { error: 'must not be empty' }).default('./rules'),
  // An empty text is no key and no way to leave it out: a variable that was never filled in must not switch the check off.
  RELEASE_KEY: z
    .string()
    .transform(readVerifierKey)
    .refine((key) => key !== null, {
      error: 'must be a key as `rules keygen` prints it, <name>+<id>+<base64>',
    })
    .optional(),
  CHECKPOINT_FILE: z.string().min(1, { error: 'must not be empty' }).optional(),
  RETENTION_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, { error: 'must be a number of days, from 1 to 999999' })
    .transform(Number)
    .optional(),
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
  const { HOST, PORT, DATA_DIR, RULES_DIR, RELEASE_KEY, LOG_LEVEL } = parsed.data;
  const { CHECKPOINT_FILE = null, RETENTION_DAYS = null, TLS_ENDS_IN_FRONT } = parsed.data;
  return Object.freeze({
    host: HOST,
    tlsEndsInFront: TLS_ENDS_IN_FRONT === 'true',
    port: PORT,
    dataDir: DATA_DIR,
    rulesDir: RULES_DIR,
    releaseKey: RELEASE_KEY ?? null,
    checkpointFile: CHECKPOINT_FILE,
    retentionDays: RETENTION_DAYS,
    masterKey: masterKeySourceIn(environment, 'MASTER_KEY'),
    logLevel: LOG_LEVEL,
  });
};
