import request, { type Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import { leafTextOf, type Leaf } from '../../src/log/leaf.js';
import { leafHashOf } from '../../src/log/merkle-tree.js';
import { rootFromInclusion } from '../../src/log/verify-proof.js';
import { readCheckpoint } from '../../src/log/checkpoint.js';
import { eraseSubject } from '../../src/services/erase.js';
import { PORTS } from '../support/made-log.js';
import { at } from '../support/builders.js';
import { answerOf, bodyOf, intakeOf } from '../support/http.js';
import { keyOf } from '../support/note-signers.js';
import { logOn, SIGNER, subjectHash } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

const SUBJECT = 'pt-to-be-forgotten';

const screened = (app: TestApp, subject: string, key: string): Promise<Response> =>
  Promise.resolve(
    request(app.url)
      .post('/screen')
      .set('idempotency-key', key)
      .send({ ...intakeOf('bladder-review'), retrospective: true, subject }),
  ).then((response) => response);

const erase = (app: TestApp): Promise<unknown> =>
  eraseSubject(
    { organisation: 'local', subject: SUBJECT, by: 'A. Berg', role: 'privacy officer', reason: 'asked for' },
    {
      log: logOn(app.connection),
      chance: { ...PORTS.chance, newId: () => '0197f3c2-7b1e-7000-9000-00000000eeee' },
      clock: () => at('2026-11-22T09:30:00Z'),
      subjectHash,
    },
  );

type Proof = {
  readonly leaf: Leaf;
  readonly parts: unknown;
  readonly leafHash: string;
  readonly size: number;
  readonly hashes: readonly string[];
  readonly checkpoint: string;
};

const holds = ({ leaf, parts, leafHash, size, hashes, checkpoint }: Proof): boolean => {
  const read = readCheckpoint(checkpoint, keyOf(SIGNER));
  return (
    parts === null &&
    leafHash === leafHashOf(leafTextOf(leaf)) &&
    read.ok &&
    rootFromInclusion({ index: leaf.position, size, leafHash, hashes }) === read.checkpoint.root
  );
};

describe('a decision that was erased', () => {
  it.each([
    ['GET', (id: string) => `/decisions/${id}`],
    ['POST', (id: string) => `/decisions/${id}/replay`],
    ['POST', (id: string) => `/decisions/${id}/resolution`],
  ] as const)('is gone to %s, with a proof that it was there', async (method, pathOf) => {
    const app = await aTestApp();
    const { id } = answerOf(await screened(app, SUBJECT, 'one'));
    await erase(app);
    const asked = method === 'GET' ? request(app.url).get(pathOf(id)) : request(app.url).post(pathOf(id));
    const response = await (pathOf(id).endsWith('resolution')
      ? asked.send({ choice: 'defer', by: { reference: 'clinician-17', role: 'physician' } })
      : asked);
    expect(response.status).toBe(410);
    const problem = bodyOf(response) as unknown as { readonly type: string; readonly proof: Proof };
    expect(problem.type).toBe('urn:ketamine-screening:problem:erased');
    expect(problem.proof.leaf.id).toBe(id);
    expect(holds(problem.proof)).toBe(true);
    expect(response.text).not.toContain(SUBJECT);
  });

  it('is in no list and found by no search, and the others are', async () => {
    const app = await aTestApp();
    await screened(app, SUBJECT, 'one');
    const { id } = answerOf(await screened(app, 'pt-other', 'two'));
    await erase(app);
    const list = bodyOf(await request(app.url).get('/decisions')) as unknown as { items: { id: string }[] };
    expect(list.items.map((item) => item.id)).toEqual([id]);
    const search = await request(app.url).post('/decisions/search').send({ subject: SUBJECT });
    expect(bodyOf(search)).toEqual({ items: [] });
  });

  it('is proven by its own proof, and the proof of a size from before holds as well', async () => {
    const app = await aTestApp();
    const { id } = answerOf(await screened(app, SUBJECT, 'one'));
    const before = bodyOf(await request(app.url).get(`/decisions/${id}/proof`)) as unknown as Proof;
    await erase(app);
    const size = String(before.size);
    const after = bodyOf(await request(app.url).get(`/decisions/${id}/proof?size=${size}`));
    expect(after).toEqual({ ...before, parts: null });
    expect(holds(bodyOf(await request(app.url).get(`/decisions/${id}/proof`)) as unknown as Proof)).toBe(
      true,
    );
  });

  it('is not what a repeated request gets: its key was erased with it', async () => {
    const app = await aTestApp();
    const { id } = answerOf(await screened(app, SUBJECT, 'one'));
    await erase(app);
    const again = await screened(app, SUBJECT, 'one');
    expect(again.status).toBe(200);
    expect(again.headers['idempotent-replayed']).toBeUndefined();
    expect(answerOf(again).id).not.toBe(id);
  });
});
