import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { ask } from '../ask.js';
import { acknowledgedOf, intakeOf, type Acknowledged } from '../load.js';
import { lookUp } from '../look-up.js';
import type { Context, Row } from '../row.js';
import { startRunning } from '../running.js';
import { blame, newTally, type Tally } from '../tally.js';
import { temporary } from '../undo.js';

/** So many connections send their head byte by byte, and as many send none of the body that they promised. */
const OF_EACH = 100;

const BYTE_EVERY_MS = 200;

/** A connection must be closed within this time. */
const CLOSED_WITHIN_MS = 15_000;

/** How long it is watched: longer than any must last. */
const WATCHED_MS = 20_000;

const GOAL_P99_MS = 250;
const LIMIT_MS = 2_000;

const HEAD =
  'POST /screen HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n';

/** How long a connection lasted, in milliseconds; null where it was not closed while it was watched. */
const lastingOf = (socket: Socket): Promise<number | null> => {
  const begun = performance.now();
  return new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.once('close', () => {
      resolve(performance.now() - begun);
    });
    // What is not read is never seen to end.
    socket.resume();
    void setTimeout(WATCHED_MS).then(() => {
      resolve(null);
      socket.destroy();
    });
  });
};

const slowHead = (port: number): Promise<number | null> => {
  const socket = connect(port, '127.0.0.1');
  let sent = 0;
  const timer = setInterval(() => {
    if (socket.writable) socket.write(HEAD.charAt(sent++ % HEAD.length));
  }, BYTE_EVERY_MS);
  socket.once('close', () => {
    clearInterval(timer);
  });
  return lastingOf(socket);
};

const noBody = (port: number): Promise<number | null> => {
  const socket = connect(port, '127.0.0.1');
  socket.write(HEAD);
  return lastingOf(socket);
};

const screenMeanwhile = async (url: string, isOn: () => boolean, tally: Tally) => {
  const times: number[] = [];
  const acknowledged: Acknowledged[] = [];
  while (isOn()) {
    tally.inputs += 1;
    const answer = await ask({
      url: `${url}/screen`,
      body: intakeOf(`meanwhile-${String(times.length)}`),
    });
    if (answer.kind === 'answer' && answer.status === 200) {
      times.push(answer.ms);
      acknowledged.push(acknowledgedOf(answer.text));
      tally.acknowledged += 1;
    } else blame(tally, answer.kind === 'hung' ? 'hangs' : 'wrong', `meanwhile: ${JSON.stringify(answer)}`);
    await setTimeout(20);
  }
  return { times: times.toSorted((a, b) => a - b), acknowledged };
};

const run = async ({ folder }: Context): Promise<Tally> => {
  const tally = newTally();
  const { path: dataDir, remove } = temporary('slow');
  const service = await startRunning({ folder, dataDir });
  let on = true;
  const meanwhile = screenMeanwhile(service.url, () => on, tally);
  const lasted = await Promise.all(
    Array.from({ length: OF_EACH }).flatMap(() => [slowHead(service.port), noBody(service.port)]),
  );
  on = false;
  const { times, acknowledged } = await meanwhile;
  tally.inputs += lasted.length;
  for (const ms of lasted)
    if (ms === null || ms > CLOSED_WITHIN_MS)
      blame(tally, 'hangs', `a slow connection lasted ${String(ms)} ms`);
  const p99 = times[Math.floor(times.length * 0.99)] ?? Infinity;
  if (p99 > LIMIT_MS) blame(tally, 'hangs', `others waited ${p99.toFixed(0)} ms`);
  const longest = Math.max(...lasted.map((ms) => ms ?? Infinity));
  tally.notes.push(
    `the last of ${String(lasted.length)} slow connections was closed after ${longest.toFixed(0)} ms; p99 of others ${p99.toFixed(0)} ms (goal ${String(GOAL_P99_MS)})`,
  );
  await lookUp(service.url, acknowledged, tally);
  await service.stop();
  tally.rounds += 1;
  remove();
  return tally;
};

/** T13: clients that send as slowly as they can hold no connection for long, and nobody else up. */
export const slowClients: Row = {
  id: 'T13',
  title: 'slow clients',
  needs: [],
  run,
  twin: {
    kind: 'planted',
    shows: 'hangs',
    bug: 'time limits that are looked at each half minute',
    file: 'dist/http/build-app.js',
    from: 'connectionsCheckingInterval: CHECK_INTERVAL_MS,',
    to: 'connectionsCheckingInterval: 30_000,',
  },
};
