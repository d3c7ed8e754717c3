import { connect } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { expectDescribed } from '../support/checked-answers.js';
import { tellFigures } from '../support/figures.js';
import { parseRaw, type RawAnswer } from '../support/raw-http.js';
import { startService } from '../support/service.js';

const ROUNDS = 20;
const HALF_SENT = 8;
const BODY = '{"facts":{"activePsychosis":true}}';

/** How long an answer may take before it counts as none. */
const PATIENCE_MS = 20_000;

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';

type HalfSent = { readonly finish: () => void; readonly answer: Promise<RawAnswer> };

/**
 * A request of which half of the body is still to come when the service is told to stop. It says `100 Continue` once it has read the head, so the request
 * was accepted.
 */
const halfSend = (url: URL): Promise<HalfSent> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => {
      socket.write(
        `POST /screen HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${String(BODY.length)}\r\nExpect: 100-continue\r\n\r\n`,
      );
    });
    const answer = new Promise<RawAnswer>((answered) => {
      let text = '';
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (!text.startsWith(CONTINUE)) return;
        text = text.slice(CONTINUE.length);
        socket.write(BODY.slice(0, 10));
        resolve({ finish: () => socket.write(BODY.slice(10)), answer });
      });
      socket.on('close', () => {
        answered(parseRaw(text, 0));
      });
      socket.on('error', () => {
        answered(parseRaw('', 0));
      });
    });
    socket.once('error', reject);
  });

const keepAlive = async (
  url: string,
  until: () => boolean,
): Promise<{ readonly ok: number; readonly bad: number }> => {
  let ok = 0;
  let bad = 0;
  while (!until()) {
    try {
      const answer = await fetch(`${url}/screen`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: BODY,
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      await answer.text();
      if (answer.status === 200) ok += 1;
      else bad += 1;
    } catch (error) {
      // An answer came, and was not what it must be: that is no matter of stopping.
      if (!(error instanceof TypeError)) throw error;
      // No answer came. Whether the request was accepted all the same is seen in the log: each decision there must have been answered.
      return { ok, bad };
    }
  }
  return { ok, bad };
};

const decisionsIn = (folder: string): number => {
  const database = new Database(join(folder, 'ketamine-screening.db'), { readonly: true });
  const count = database.prepare(`SELECT count(*) FROM log WHERE kind = 'decision'`).pluck().get();
  database.close();
  return Number(count);
};

const expectAnswered = ({ status, headers, body }: RawAnswer): void => {
  expect(status).toBe(200);
  if (typeof status === 'number') expectDescribed({ method: 'POST', path: '/screen', status, headers, body });
};

const round = async (): Promise<{ readonly ms: number; readonly ok: number }> => {
  const folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-stop-'));
  const service = await startService({ DATA_DIR: folder, LOG_LEVEL: 'warn' });
  let stopped = false;
  const load = Promise.all(Array.from({ length: 4 }, () => keepAlive(service.url, () => stopped)));
  const halves = await Promise.all(Array.from({ length: HALF_SENT }, () => halfSend(new URL(service.url))));
  const begun = performance.now();
  const exit = service.stop();
  setTimeout(() => {
    halves.forEach(({ finish }) => {
      finish();
    });
  }, 50);
  const answers = await Promise.all(halves.map(({ answer }) => answer));
  expect(await exit).toBe(0);
  stopped = true;
  const ms = performance.now() - begun;
  const loads = await load;
  const stored = decisionsIn(folder);
  rmSync(folder, { recursive: true, force: true });
  answers.forEach(expectAnswered);
  expect(loads.reduce((sum, { bad }) => sum + bad, 0)).toBe(0);
  const ok = loads.reduce((sum, one) => sum + one.ok, 0);
  const acknowledged = ok + HALF_SENT;
  tellFigures({ rounds: 1, acknowledged, inputs: acknowledged, lost: Math.max(0, acknowledged - stored) });
  expect(stored).toBe(acknowledged);
  return { ms, ok };
};

describe('SIGTERM under load', () => {
  it(`answers every request that was accepted and stops in time, ${String(ROUNDS)} rounds`, async () => {
    const rounds: { readonly ms: number; readonly ok: number }[] = [];
    for (let index = 0; index < ROUNDS; index += 1) rounds.push(await round());
    const slowest = Math.max(...rounds.map(({ ms }) => ms));
    const answered = rounds.reduce((sum, { ok }) => sum + ok, 0);
    console.log(
      `stop: ${String(ROUNDS)} rounds, slowest ${slowest.toFixed(0)} ms, ${String(ROUNDS * HALF_SENT)} half-sent and ${String(answered)} other requests answered`,
    );
    expect(slowest).toBeLessThan(5_000);
  }, 120_000);
});
