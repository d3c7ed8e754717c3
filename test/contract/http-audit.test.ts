import { createPublicKey } from 'node:crypto';
import request, { type Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/log/canonical.js';
import { readCheckpoint } from '../../src/log/checkpoint.js';
import { commitmentTo } from '../../src/log/commitment.js';
import { leafTextOf, type Leaf } from '../../src/log/leaf.js';
import { leafHashOf } from '../../src/log/merkle-tree.js';
import { readVerifierKey } from '../../src/log/verifier-key.js';
import { provesConsistency, rootFromInclusion } from '../../src/log/verify-proof.js';
import type { JsonValue } from '../../src/values/json.js';
import { bodyOf, faultsIn, intakeOf, screenBy } from '../support/http.js';
import { SIGNER } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

const NAMES = [
  'hypertension-review',
  'hypertension-ineligible',
  'healthy-man-first-course',
  'bladder-review',
];

const idOf = (response: Response): string => (JSON.parse(response.text) as { readonly id: string }).id;

const decide = async (app: TestApp, names: readonly string[] = NAMES): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (const name of names) ids.push(idOf(await screenBy(app, { ...intakeOf(name), retrospective: true })));
  return ids;
};

const get = (app: TestApp, path: string): Promise<Response> =>
  Promise.resolve(request(app.url).get(path)).then((response) => response);

type Checkpoint = { readonly size: number; readonly root: string; readonly checkpoint: string };

const checkpointOf = async (app: TestApp): Promise<Checkpoint & { readonly publicKey: string }> =>
  JSON.parse((await get(app, '/audit/checkpoint')).text) as Checkpoint & { readonly publicKey: string };

type Proof = {
  readonly leaf: Leaf;
  readonly parts: Readonly<Record<string, { readonly salt: string; readonly value: JsonValue }>>;
  readonly leafHash: string;
  readonly size: number;
  readonly hashes: readonly string[];
  readonly checkpoint: string;
};

/** Whether a proof holds under a key, by what the proof says of itself and nothing else. */
const holds = (proof: Proof, publicKey: string): boolean => {
  const key = readVerifierKey(publicKey);
  const read = key === null ? null : readCheckpoint(proof.checkpoint, key);
  if (read?.ok !== true || read.checkpoint.size !== proof.size) return false;
  const opened = Object.entries(proof.parts).every(
    ([name, { salt, value }]) =>
      proof.leaf.commitments[name] === commitmentTo({ salt, body: canonicalText(value) }),
  );
  const leafHash = leafHashOf(leafTextOf(proof.leaf));
  const { size, hashes } = proof;
  const root = rootFromInclusion({ index: proof.leaf.position, size, leafHash, hashes });
  return opened && root === read.checkpoint.root;
};

const proofOf = async (app: TestApp, id: string, query = ''): Promise<Proof> =>
  JSON.parse((await get(app, `/decisions/${id}/proof${query}`)).text) as Proof;

const idsIn = (response: Response): readonly string[] =>
  (bodyOf(response).items as unknown as readonly { readonly id: string }[]).map(({ id }) => id);

/** All pages from one on, following `Link`. */
const follow = async (
  app: TestApp,
  first: string,
  meanwhile: () => Promise<unknown>,
): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let path: string | undefined = first; path !== undefined;) {
    const response: Response = await get(app, path);
    ids.push(...idsIn(response));
    path = /^<([^>]+)>; rel="next"$/.exec(String(response.headers.link))?.[1];
    if (path !== undefined) await meanwhile();
  }
  return ids;
};

describe('a proof of a decision', () => {
  it('holds for every decision, with every part opened, under the key that the checkpoint names', async () => {
    const app = await aTestApp();
    const ids = await decide(app);
    const { publicKey } = await checkpointOf(app);
    for (const id of ids) {
      const proof = await proofOf(app, id);
      expect(holds(proof, publicKey)).toBe(true);
      expect(proof.leaf.id).toBe(id);
      expect(Object.keys(proof.parts).toSorted()).toEqual([
        'answer',
        'client',
        'context',
        'findings',
        'intake',
        'summary',
      ]);
    }
  });

  it('is made for the size that is named, and its checkpoint is of that size', async () => {
    const app = await aTestApp();
    const [first = ''] = await decide(app);
    const { size, publicKey } = await checkpointOf(app);
    await decide(app);
    const proof = await proofOf(app, first, `?size=${String(size)}`);
    expect([proof.size, holds(proof, publicKey)]).toEqual([size, true]);
  });

  it('fails where a word of the payload, of the leaf or of the checkpoint is another', async () => {
    const app = await aTestApp();
    const [id = ''] = await decide(app);
    const { publicKey } = await checkpointOf(app);
    const text = JSON.stringify(await proofOf(app, id));
    const changed = [
      text.replace('"verdict":"review"', '"verdict":"eligible"'),
      text.replace('"organisation":"local"', '"organisation":"other"'),
      text.replace(/"size":(\d+)/, '"size":1$1'),
    ];
    for (const other of changed) {
      expect(other).not.toBe(text);
      expect(holds(JSON.parse(other) as Proof, publicKey)).toBe(false);
    }
  });

  it.each([
    ['a size that the log never had', '?size=100000', 'no-such-size'],
    ['a size at which the entry was not there yet', '?size=1', 'no-such-size'],
    ['a size that is none', '?size=-1', 'invalid-query'],
    ['an unknown parameter', '?from=1', 'invalid-query'],
  ])('is refused for %s', async (_what, query, type) => {
    const app = await aTestApp();
    const [id = ''] = await decide(app, ['bladder-review']);
    const response = await get(app, `/decisions/${id}/proof${query}`);
    expect([response.status, bodyOf(response).type]).toEqual([422, `urn:ketamine-screening:problem:${type}`]);
  });

  it('is not found of a decision that is not there', async () => {
    const app = await aTestApp();
    expect((await get(app, '/decisions/0197f3c2-7b1e-7000-8000-00000000dcba/proof')).status).toBe(404);
  });
});

describe('a checkpoint', () => {
  it('is signed by the key of the log, and is the same as long as nothing is added', async () => {
    const app = await aTestApp();
    const [one, two] = [await checkpointOf(app), await checkpointOf(app)];
    expect(two).toEqual(one);
    const key = readVerifierKey(one.publicKey);
    expect(key?.publicKey.equals(createPublicKey(SIGNER.privateKey))).toBe(true);
  });

  it('that was kept is shown to be the beginning of the log by a proof of consistency', async () => {
    const app = await aTestApp();
    const kept = await checkpointOf(app);
    await decide(app);
    const proof = JSON.parse((await get(app, `/audit/consistency?from=${String(kept.size)}`)).text) as {
      readonly from: Checkpoint;
      readonly to: Checkpoint;
      readonly hashes: readonly string[];
    };
    const { from, to, hashes } = proof;
    expect(from.checkpoint).toBe(kept.checkpoint);
    const claim = { from: from.size, to: to.size, fromRoot: from.root, toRoot: to.root, hashes };
    expect(provesConsistency(claim)).toBe(true);
    expect(provesConsistency({ ...claim, fromRoot: to.root })).toBe(false);
  });

  it.each([
    ['no size', '', 'invalid-query'],
    ['a log that was never so large', '?from=1&to=1000', 'no-such-size'],
    ['sizes the wrong way round', '?from=3&to=2', 'no-such-size'],
  ])('of %s has no proof of consistency', async (_what, query, type) => {
    const response = await get(await aTestApp(), `/audit/consistency${query}`);
    expect([response.status, bodyOf(response).type]).toEqual([422, `urn:ketamine-screening:problem:${type}`]);
  });
});

describe('the list of decisions', () => {
  it('shows each decision exactly once, in the order of the log, while new ones arrive', async () => {
    const app = await aTestApp();
    const before = [...(await decide(app)), ...(await decide(app))];
    const late: string[] = [];
    const meanwhile = async (): Promise<void> => {
      if (late.length < 4) late.push(...(await decide(app, ['bladder-review'])));
    };
    expect(await follow(app, '/decisions?limit=3', meanwhile)).toEqual([...before, ...late]);
  });

  it.each([
    ['verdict=ineligible', [1]],
    ['verdict=review', [0, 3]],
    ['rule=hypertension-elevated', [0]],
    ['verdict=review&rule=hypertension-elevated', [0]],
    ['verdict=eligible&rule=hypertension-elevated', []],
    ['from=2020-01-01T00:00:00Z&to=2026-11-22T10:30:00.001%2B01:00', [0, 1, 2, 3]],
    ['to=2026-11-22T09:30:00Z', []],
    ['resolution=none', [1, 2, 3]],
    ['resolution=defer', [0]],
    ['resolution=decline', []],
    ['ruleSet=ketamine-pain&version=9.9.9', []],
    ['organisation=local', [0, 1, 2, 3]],
    ['organisation=north', []],
  ])('with %s has those that fit', async (query, expected) => {
    const app = await aTestApp();
    const ids = await decide(app);
    const by = { reference: 'clinician-17', role: 'physician' };
    await request(app.url)
      .post(`/decisions/${String(ids[0])}/resolution`)
      .send({ choice: 'defer', by });
    expect(idsIn(await get(app, `/decisions?${query}`))).toEqual(expected.map((index) => ids[index]));
  });

  it.each([
    ['limit=0', 'wrong-type /limit'],
    ['limit=201', 'wrong-type /limit'],
    ['after=x', 'wrong-type /after'],
    ['verdict=fine', 'wrong-type /verdict'],
    ['from=yesterday', 'wrong-type /from'],
    ['version=1.0.0', 'wrong-type /version'],
    ['resolution=wait', 'wrong-type /resolution'],
    ['subject=pt-1', 'unknown-key /subject'],
  ])('refuses %s', async (query, fault) => {
    const response = await get(await aTestApp(), `/decisions?${query}`);
    expect([response.status, faultsIn(response)]).toEqual([422, [fault]]);
  });
});

describe('the search by patient', () => {
  const search = async (app: TestApp, body: object, query = ''): Promise<Response> =>
    request(app.url).post(`/decisions/search${query}`).send(body);

  it('finds the decisions on that patient alone, page by page', async () => {
    const app = await aTestApp();
    const own: string[] = [];
    for (const subject of ['pt-1', 'pt-2', 'pt-1']) {
      const decided = await screenBy(app, { subject, facts: { age: 54 } });
      if (subject === 'pt-1') own.push(idOf(decided));
    }
    const first = await search(app, { subject: 'pt-1' }, '?limit=1');
    const next = /<\/decisions\/search(\?[^>]+)>/.exec(String(first.headers.link))?.[1];
    const second = await search(app, { subject: 'pt-1' }, next);
    expect([...idsIn(first), ...idsIn(second)]).toEqual(own);
    expect(second.headers.link).toBeUndefined();
    expect(idsIn(await search(app, { subject: 'pt-3' }))).toEqual([]);
  });

  it('keeps no reference to a patient in the clear', async () => {
    const app = await aTestApp();
    await screenBy(app, { subject: 'canary-4711', facts: { age: 54 } });
    for (const table of ['log', 'lookup', 'idempotency', 'payload', 'payload_key', 'tree'])
      expect(JSON.stringify(app.connection.prepare(`SELECT * FROM ${table}`).all())).not.toContain('canary');
  });

  it.each([
    [{}, 'missing-key /subject'],
    [{ subject: 5 }, 'wrong-type /subject'],
    [{ subject: 'x', verdict: 'review' }, 'unknown-key /verdict'],
  ])('refuses %j', async (body, fault) => {
    const response = await search(await aTestApp(), body);
    expect([response.status, faultsIn(response)]).toEqual([422, [fault]]);
  });
});
