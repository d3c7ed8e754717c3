import Database from 'better-sqlite3';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellFigures } from '../support/figures.js';
import { startService, type Service } from '../support/service.js';

const AT_ONCE = 100;
const KEYS = 8;

const BODY = readFileSync('examples/review.json', 'utf8');

let folder: string;
let service: Service;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-once-'));
  service = await startService({ DATA_DIR: folder, LOG_LEVEL: 'warn' });
});

afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Got = { readonly status: number; readonly replayed: boolean; readonly text: string };

/** Sends it; and again, as it is told to, where a slow machine has it wait longer for the first one than the service lets it. */
const screen = async (key: string, body = BODY): Promise<Got> => {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const response = await fetch(`${service.url}/screen`, { method: 'POST', headers, body });
  const text = await response.text();
  if (response.status === 409) return screen(key, body);
  const replayed = response.headers.get('idempotent-replayed') === 'true';
  return { status: response.status, replayed, text };
};

const storedDecisions = (): number => {
  const database = new Database(join(folder, 'ketamine-screening.db'), { readonly: true });
  const count = database.prepare(`SELECT count(*) FROM log WHERE kind = 'decision'`).pluck().get();
  database.close();
  return Number(count);
};

describe('an idempotency key of the running service', () => {
  it(`stands for one decision where ${String(AT_ONCE)} equal requests race, for each of ${String(KEYS)} keys`, async () => {
    const before = storedDecisions();
    tellFigures({ rounds: 1, inputs: KEYS * AT_ONCE, acknowledged: KEYS });
    const keys = Array.from({ length: KEYS }, (_, index) => `race-${String(index)}`);
    const asked = keys.flatMap((key) => Array.from({ length: AT_ONCE }, () => ({ key, got: screen(key) })));
    const answers = await Promise.all(asked.map(async ({ key, got }) => ({ key, ...(await got) })));
    for (const key of keys) {
      const ofKey = answers.filter((answer) => answer.key === key);
      expect(new Set(ofKey.map(({ status, text }) => `${String(status)} ${text}`)).size).toBe(1);
      expect(ofKey.filter(({ replayed }) => !replayed)).toHaveLength(1);
    }
    expect(new Set(answers.map(({ text }) => text)).size).toBe(KEYS);
    expect(storedDecisions() - before).toBe(KEYS);
  }, 120_000);

  it('is refused to another body while they race, and after', async () => {
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, index) => screen('two', index % 2 === 0 ? BODY : '{}')),
    );
    const good = answers.filter(({ status }) => status === 200);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 422]));
    expect(new Set(good.map(({ text }) => text)).size).toBe(1);
  }, 60_000);

  it('gives the same decision after a crash', async () => {
    const before = await screen('crash');
    await service.kill();
    service = await startService({ DATA_DIR: folder, LOG_LEVEL: 'warn' });
    expect(await screen('crash')).toEqual({ ...before, replayed: true });
  }, 60_000);
});
