import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Reception } from '../../src/http/app-context.js';
import { NO_PRODUCTS, type Products } from '../../src/formats/fhir/products.js';
import { buildApp } from '../../src/http/build-app.js';
import { ENGINE_VERSION } from '../../src/screening/engine.js';
import { openRulebooks } from '../../src/services/activate.js';
import { onceOnly } from '../../src/services/idempotency.js';
import { keybooksIn } from '../../src/services/keybooks.js';
import type { DecisionLog, Ports, RuleLibrary } from '../../src/services/ports.js';
import { whyNotReadyIn } from '../../src/services/readiness.js';
import { rulebooksIn } from '../../src/services/rulebooks.js';
import type { Connection } from '../../src/storage/open-database.js';
import { readRuleLibrary, ruleLibraryOf } from '../../src/storage/rule-library.js';
import { at } from './builders.js';
import { checkEveryAnswer } from './every-answer.js';
import { RECEPTION } from './reception.js';
import { connectionTo, logOn, SIGNER, subjectHash } from './sqlite.js';

/** The moment at which every request to a test app is received, unless it says another. */
export const NOW = '2026-11-22T09:30:00Z';

/** The rule sets that the service ships. */
export const shippedRules = (): RuleLibrary => {
  const read = readRuleLibrary('rules');
  if (!read.ok) throw new Error('the rules have mistakes: run `rules check`');
  return ruleLibraryOf(read.folders);
};

const shipped = shippedRules();

/** A service that listens on a free port of this machine, on a real database. It stops when the test ends. */
export type TestApp = {
  readonly url: string;
  readonly connection: Connection;
  /** Looks for keys that were made or taken back, as the service does by itself every two seconds. */
  readonly refreshKeys: () => Promise<void>;
  /** What was logged so far, one line each. */
  readonly lines: readonly string[];
  /** Stops it before the test ends. */
  readonly stop: () => Promise<void>;
};

type Asked = {
  /** The rule sets that are loaded; the shipped ones where it is left out. */
  readonly rules?: RuleLibrary;
  /** When every request is received. */
  readonly now?: string;
  /** The file of the database; memory where it is left out. */
  readonly file?: string;
  /** The codes that intakes are given; one after the other where it is left out. */
  readonly newCode?: () => string;
  /** How it meets its callers, where it is not as in other tests. */
  readonly reception?: Partial<Reception>;
  /** What is known of products of medicines; nothing where it is left out. */
  readonly products?: Products;
  /** What the service uses as its log once it has started, made of the real one. */
  readonly log?: (log: DecisionLog) => DecisionLog;
};

let ids = 0;

const newId = (): string => {
  ids += 1;
  return `0197f3c2-7b1e-7000-8000-${ids.toString(16).padStart(12, '0')}`;
};

let codes = 0;

const nextCode = (): string => {
  codes += 1;
  return `TESTC0DE${String(codes).padStart(4, '0')}`;
};

/** Starts the whole service with the shipped rules unless others are given, a real database and a clock that stands still. */
export const aTestApp = async ({
  now = NOW,
  file = ':memory:',
  newCode = nextCode,
  log = (real) => real,
  rules = shipped,
  reception = {},
  products = NO_PRODUCTS,
}: Asked = {}): Promise<TestApp> => {
  const connection = connectionTo(file);
  const ports: Ports = {
    log: logOn(connection),
    rules,
    clock: () => at(now),
    chance: { newId, newSalt: () => randomBytes(32).toString('hex'), newCode },
    pause: (ms) => setTimeout(ms, undefined, { ref: false }),
    subjectHash,
    signer: SIGNER,
    engine: ENGINE_VERSION,
  };
  await openRulebooks(ports);
  const lines: string[] = [];
  const logger = pino({ base: null, level: 'trace' }, { write: (line: string) => lines.push(line) });
  const used = { ...ports, log: log(ports.log) };
  const [rulebooks, keybooks, once] = [await rulebooksIn(used), await keybooksIn(ports), onceOnly(used)];
  const whyNotReady = (): Promise<string | null> => whyNotReadyIn(used, rulebooks);
  const app = await buildApp({
    ports: used,
    reception: { ...RECEPTION, ...reception },
    rulebooks,
    keybooks,
    once,
    products,
    logger,
    whyNotReady,
  });
  checkEveryAnswer(app.server);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const stop = (): Promise<void> => app.close();
  onTestFinished(stop);
  return { url, connection, lines, stop, refreshKeys: keybooks.refresh };
};
