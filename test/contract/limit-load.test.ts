import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import request from 'supertest';
import { describe, expect, it, onTestFinished } from 'vitest';
import { limitLoad } from '../../src/http/limit-load.js';

const MOST = 2;

type Limited = { readonly url: string; readonly atWork: () => number };

/** A service whose door takes a while, as it does while the keys of an issuer are fetched. */
const aLimitedApp = async (doorMs: number): Promise<Limited> => {
  let now = 0;
  const app: FastifyInstance = fastify();
  app.addHook('onRequest', async () => {
    await setTimeout(doorMs);
  });
  limitLoad(app, MOST, (atWork) => {
    now = atWork;
  });
  app.get('/', (_request, reply) => reply.send('done'));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  return { url, atWork: () => now };
};

/** Asks, and goes away before there can be an answer. */
const goAway = async (url: string): Promise<void> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await setTimeout(20);
  socket.destroy();
};

const ask = async (url: string): Promise<number> => (await request(url).get('/')).status;

describe('what is worked on at once', () => {
  it('is nothing once all are answered', async () => {
    const { url, atWork } = await aLimitedApp(0);
    expect(await ask(url)).toBe(200);
    await setTimeout(50);
    expect(atWork()).toBe(0);
  });

  it('keeps no place for callers that went away while they were still at the door', async () => {
    const { url, atWork } = await aLimitedApp(100);
    for (let caller = 0; caller < 2 * MOST; caller += 1) await goAway(url);
    await setTimeout(300);
    expect(atWork()).toBe(0);
    expect(await ask(url)).toBe(200);
  });
});
