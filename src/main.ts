import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import closeWithGrace from 'close-with-grace';
import { pino, type BaseLogger } from 'pino';
import { startBackground } from './background.js';
import { ConfigError, readConfig, type Config } from './config.js';
import { faultOfVersion, type Floored } from './floors.js';
import { NO_PRODUCTS, type Products } from './formats/fhir/products.js';
import { MACHINE } from './machine.js';
import { logSignerOf } from './log/log-signer.js';
import { ENGINE_VERSION } from './screening/engine.js';
import { buildApp } from './http/build-app.js';
import { isGuarded } from './http/guarded.js';
import { assertGuarded, receptionOf } from './reception.js';
import { ActivationError, openRulebooks } from './services/activate.js';
import { onceOnly } from './services/idempotency.js';
import { assertContinues, ForkedLogError } from './services/publish-checkpoints.js';
import { keybooksIn } from './services/keybooks.js';
import type { Ports, RuleLibrary } from './services/ports.js';
import { trustIn } from './services/release-trust.js';
import { whyNotReadyIn } from './services/readiness.js';
import { openCheckpointFile, type CheckpointFile } from './storage/checkpoint-file.js';
import { databaseFileIn } from './storage/database-file.js';
import { sealingIn } from './storage/keys-at-rest.js';
import { MasterKeyError } from './storage/master-key.js';
import { DatabaseError } from './storage/open-database.js';
import { openServiceKeys } from './storage/service-keys.js';
import { subjectHashUnder } from './storage/subject-hash.js';
import { startLogThread, type LogThread } from './storage/worker-log.js';
import { ProductTableError, readProductTable } from './storage/product-table.js';
import { readRuleLibrary, ruleLibraryOf } from './storage/rule-library.js';
import { errorCodeOf } from './values/error-code.js';

/** The service cannot start. The message says why, one line a mistake. */
class StartError extends Error {
  override readonly name = 'StartError';
}

/** A service that listens. */
type Started = { readonly address: string; readonly stop: () => Promise<void> };

/** How often idle connections are closed while the service stops, and how long it waits before the first time, in milliseconds. */
const CLOSE_INTERVAL_MS = 50;

/** @throws StartError where something that the service runs on is too old */
const assertFloor = (name: Floored, version: string): void => {
  const fault = faultOfVersion(name, version);
  if (fault !== null) throw new StartError(fault);
};

const loadRules = ({ rulesDir, releaseKey }: Config): RuleLibrary => {
  const trust = trustIn(releaseKey);
  const read = readRuleLibrary(rulesDir, trust);
  if (read.ok) return ruleLibraryOf(read.folders, trust);
  const lines = read.issues.map(
    ({ file, pointer, detail }) => `${join(rulesDir, file)} ${pointer}: ${detail}`,
  );
  throw new StartError(['the rules have mistakes, so nothing can be screened', ...lines].join('\n'));
};

/** Makes the folder alone and not those above it: Node's own way of making a path never ends under /proc. */
const makeDataDir = (dataDir: string): void => {
  if (existsSync(dataDir)) return;
  try {
    mkdirSync(dataDir, { mode: 0o700 });
  } catch (error) {
    throw new ConfigError(
      `DATA_DIR cannot be made (${errorCodeOf(error)}): the folder that it stands in must be there and be writable`,
    );
  }
};

const warnOfSealing = (dataDir: string, logger: BaseLogger): void => {
  const sealing = sealingIn(dataDir);
  const isPlain = sealing.some(({ masters }) => masters.length === 0);
  if (isPlain)
    logger.warn(
      'the keys of the service lie unsealed: whoever has the data folder can read all that is in it. `master-key rotate` seals them',
    );
  else if (new Set(sealing.flatMap(({ masters }) => masters)).size > 1)
    logger.warn('a rotation of the master key was not brought to its end: run `master-key rotate` again');
};

/** What lies in the data folder: the log, and what only its keys can make. */
const openDataDir = async (
  { dataDir, masterKey }: Config,
  logger: BaseLogger,
  thread: LogThread,
): Promise<Pick<Ports, 'log' | 'subjectHash' | 'signer'>> => {
  makeDataDir(dataDir);
  const file = databaseFileIn(dataDir);
  const keys = openServiceKeys(dataDir, file, masterKey);
  warnOfSealing(dataDir, logger);
  return {
    log: await thread.open(file, keys),
    subjectHash: subjectHashUnder(keys.secret),
    signer: logSignerOf(keys.signing),
  };
};

/** @throws ConfigError where the file of checkpoints cannot be written */
const openCheckpoints = ({ checkpointFile }: Config): CheckpointFile | null => {
  try {
    return checkpointFile === null ? null : openCheckpointFile(checkpointFile);
  } catch (error) {
    throw new ConfigError(`CHECKPOINT_FILE cannot be read and written (${errorCodeOf(error)})`);
  }
};

/** @throws ConfigError where the table of products cannot be used */
const productsIn = ({ terminologyDir }: Config): Products => {
  try {
    return terminologyDir === null ? NO_PRODUCTS : readProductTable(terminologyDir);
  } catch (error) {
    throw error instanceof ProductTableError ? new ConfigError(`TERMINOLOGY_DIR: ${error.message}`) : error;
  }
};

/** Six years, for which records of this kind are to be kept (45 CFR 164.316(b)(2)(i)), in days. */
const SIX_YEARS = 2192;

const warnOfShortRetention = ({ retentionDays }: Config, logger: BaseLogger): void => {
  if (retentionDays === null || retentionDays >= SIX_YEARS) return;
  logger.warn(
    { retentionDays },
    'RETENTION_DAYS is less than six years, for which HIPAA has records kept: what is older is erased for good',
  );
};

/**
 * Closes without cutting a request that was accepted: connections that wait for the next one are closed until none is left. What has arrived and was
 * not yet read looks just like such a connection, so there is a moment to read it before the first is closed.
 */
const closeGently = async (app: FastifyInstance): Promise<void> => {
  await setTimeout(CLOSE_INTERVAL_MS);
  const timer = setInterval(() => {
    app.server.closeIdleConnections();
  }, CLOSE_INTERVAL_MS);
  try {
    await app.close();
  } finally {
    clearInterval(timer);
  }
};

/**
 * Starts the service: rules, database, version in force, routes, and only then the port.
 * @throws StartError, DatabaseError, MasterKeyError, ActivationError where it cannot
 */
const start = async (config: Config): Promise<Started> => {
  assertFloor('node', process.versions.node);
  const logger = pino({ level: config.logLevel, base: null });
  const thread = startLogThread();
  const rules = loadRules(config);
  const reception = receptionOf(config);
  const products = productsIn(config);
  const checkpoints = openCheckpoints(config);
  warnOfShortRetention(config, logger);
  const { log, ...secrets } = await openDataDir(config, logger, thread);
  try {
    const ports: Ports = { ...MACHINE, ...secrets, log, rules, engine: ENGINE_VERSION };
    await assertContinues(checkpoints?.end ?? '', ports);
    const rulebooks = await openRulebooks(ports);
    const whyNotReady = (): Promise<string | null> => whyNotReadyIn(ports, rulebooks);
    const once = onceOnly(ports);
    const keybooks = await keybooksIn(ports);
    assertGuarded(config.host, reception, keybooks.known());
    const app = await buildApp({
      ports,
      rulebooks,
      keybooks,
      reception,
      once,
      products,
      logger,
      whyNotReady,
    });
    assertFloor('fastify', app.version);
    // Before the port opens: from then on a signal to stop may come at any moment, and must find everything begun.
    const background = await startBackground({ ports, logger, checkpoints, keybooks, config });
    const address = await app.listen({ host: config.host, port: config.port });
    if (isGuarded(reception, keybooks.known())) logger.info({ address }, 'listening');
    else logger.warn({ address }, 'listening without access control, on this machine only');
    return {
      address,
      stop: async () => {
        await closeGently(app);
        await background.stop();
        await log.close();
      },
    };
  } catch (error) {
    await log.close();
    throw error;
  }
};

/** How long the service may take to answer what it has accepted once it is told to stop, in milliseconds. */
const STOP_LIMIT_MS = 10_000;

const EXPECTED = [
  ConfigError,
  StartError,
  DatabaseError,
  MasterKeyError,
  ActivationError,
  ForkedLogError,
] as const;

const isExpected = (error: unknown): error is Error =>
  EXPECTED.some((kind) => error instanceof kind) ||
  (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE');

let started: Started | null = null;

// Before the port opens: a signal that comes as soon as the service listens must find the handler there.
closeWithGrace({ delay: STOP_LIMIT_MS, logger: false }, async () => {
  await started?.stop();
});

try {
  const config = readConfig(process.env);
  // Nothing that is started from here, a thread or a program, is to inherit the key.
  delete process.env.MASTER_KEY;
  started = await start(config);
} catch (error) {
  if (!isExpected(error)) throw error;
  process.stderr.write(`ketamine-screening cannot start: ${error.message}\n`);
  process.exit(1);
}
