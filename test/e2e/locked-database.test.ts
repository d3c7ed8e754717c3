import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startService, type Service } from '../support/service.js';

const LOCK_MS = 10_000;
const INTAKE = '{"facts":{"activePsychosis":true}}';

/** Holds the lock of a writer on the database from outside the service, for so many milliseconds. */
const HOLDER = `
const { workerData, parentPort } = require('node:worker_threads');
const Database = require('better-sqlite3');
const db = new Database(workerData.file);
db.exec('BEGIN IMMEDIATE');
parentPort.postMessage('locked');
setTimeout(() => { db.exec('COMMIT'); db.close(); }, workerData.ms);
`;

let folder: string;
let service: Service;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-locked-'));
  service = await startService({ DATA_DIR: folder });
  // What checks the answers is read once, and must not be measured.
  await fetch(`${service.url}/health/live`);
});

afterEach(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Locks the database; `released` resolves when the lock is let go. */
const lock = async (): Promise<{ readonly released: Promise<void> }> => {
  const holder = new Worker(HOLDER, {
    eval: true,
    workerData: { file: join(folder, 'ketamine-screening.db'), ms: LOCK_MS },
  });
  await new Promise((resolve) => holder.once('message', resolve));
  const released = new Promise<void>((resolve) => {
    holder.once('exit', () => {
      resolve();
    });
  });
  return { released };
};

const post = (path: string): Promise<Response> =>
  fetch(`${service.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: INTAKE,
  });

const screen = (): Promise<Response> => post('/screen');

const timeOf = async (
  ask: () => Promise<Response>,
): Promise<{ readonly ms: number; readonly answer: Response }> => {
  const begun = performance.now();
  const answer = await ask();
  return { ms: performance.now() - begun, answer };
};

describe('while another program holds the database locked', () => {
  it('stays alive, says what to ask next, gives no verdict, says when to try again, and is well again by itself', async () => {
    const holder = await lock();
    const screened = timeOf(screen);
    const alive: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const { ms, answer } = await timeOf(() => fetch(`${service.url}/health/live`));
      expect(answer.status).toBe(200);
      alive.push(ms);
    }
    const next = await timeOf(() => post('/intake/next'));
    expect([next.answer.status, next.ms < 1_000]).toEqual([200, true]);
    const { ms, answer } = await screened;
    expect(Math.max(...alive)).toBeLessThan(100);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await answer.json()).not.toHaveProperty('verdict');
    expect(ms).toBeLessThan(6_000);
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(503);
    await holder.released;
    expect((await screen()).status).toBe(200);
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    console.log(
      `locked: liveness at most ${Math.max(...alive).toFixed(1)} ms, 503 after ${ms.toFixed(0)} ms, next questions after ${next.ms.toFixed(0)} ms`,
    );
  }, 60_000);
});
