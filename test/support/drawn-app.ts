import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { buildApp } from '../../src/http/build-app.js';
import type { Ports } from '../../src/services/ports.js';
import { trustIn } from '../../src/services/release-trust.js';
import { RECEPTION } from './reception.js';
import { SIGNER } from './sqlite.js';

const never = (): never => {
  throw new Error('this app is only looked at: it answers no request about patients or rules');
};

const ports: Ports = {
  log: {
    append: never,
    erase: never,
    expired: never,
    findByKey: never,
    load: never,
    find: never,
    page: never,
    slice: never,
    ruleEventsAfter: never,
    keyEventsAfter: never,
    head: never,
    inclusion: never,
    consistency: never,
    waiting: never,
    isReady: never,
    close: never,
  },
  rules: { all: never, find: never, releasedOn: never, signatureOf: never, trust: trustIn(null) },
  clock: never,
  chance: { newId: () => '0197f3c2-7b1e-7000-8000-000000000000', newSalt: never, newCode: never },
  pause: never,
  subjectHash: never,
  signer: SIGNER,
  engine: 'none',
};

/** The service with its routes and nothing behind them: to look at what it has, not to ask it anything. */
export const aDrawnApp = async (): Promise<FastifyInstance> => {
  const app = await buildApp({
    ports,
    rulebooks: { known: never, read: never, latest: never },
    keybooks: { known: never },
    reception: RECEPTION,
    once: never,
    products: never,
    logger: pino({ level: 'silent' }),
    whyNotReady: never,
  });
  await app.ready();
  return app;
};
