import { leafSchema } from '../../../src/formats/audit/proof-schema.js';
import { ENTRY_KINDS } from '../../../src/log/entry.js';
import { describe, expect, it } from 'vitest';
import { commitmentTo } from '../../../src/log/commitment.js';
import { commitmentsTo, leafTextOf, type Leaf } from '../../../src/log/leaf.js';

const SALT = '00'.repeat(32);

const leaf: Leaf = {
  position: 7,
  id: '0192f0c1-0000-7000-8000-000000000007',
  at: '2026-11-27T08:00:00.000Z',
  organisation: 'clinic-a',
  kind: 'decision',
  ruleSetHash: 'ab'.repeat(32),
  commitments: { request: 'cd'.repeat(32), answer: 'ef'.repeat(32) },
};

const others: readonly Leaf[] = [
  { ...leaf, position: 8 },
  { ...leaf, id: '0192f0c1-0000-7000-8000-000000000008' },
  { ...leaf, at: '2026-11-27T08:00:00.001Z' },
  { ...leaf, organisation: 'clinic-b' },
  { ...leaf, kind: 'intake' },
  { ...leaf, ruleSetHash: 'ac'.repeat(32) },
  { ...leaf, commitments: { ...leaf.commitments, request: 'ce'.repeat(32) } },
  { ...leaf, commitments: { request: 'ef'.repeat(32), answer: 'cd'.repeat(32) } },
  { ...leaf, commitments: {} },
];

describe('the text of a leaf', () => {
  it('is this one, for ever: another would make every root another', () => {
    expect(leafTextOf(leaf)).toBe(
      `{"at":"2026-11-27T08:00:00.000Z","commitments":{"answer":"${'ef'.repeat(32)}","request":"${'cd'.repeat(32)}"},` +
        `"id":"0192f0c1-0000-7000-8000-000000000007","kind":"decision","leaf":1,"organisation":"clinic-a",` +
        `"position":7,"ruleSetHash":"${'ab'.repeat(32)}"}`,
    );
  });

  it('is another where anything that it says is another', () => {
    expect(new Set([leaf, ...others].map(leafTextOf)).size).toBe(others.length + 1);
  });

  it('does not hang on the order of what it is made from, nor on what else is there', () => {
    const { request, answer } = leaf.commitments;
    const turned = {
      secret: 'not said',
      ...leaf,
      commitments: { answer: answer ?? '', request: request ?? '' },
    };
    expect(leafTextOf(turned)).toBe(leafTextOf(leaf));
  });
});

describe('a commitment', () => {
  it('is the SHA-256 of 32 bytes of salt and the text', () => {
    // printf '%064d' 0 | xxd -r -p | cat - <(printf '{}') | sha256sum
    expect(commitmentTo({ salt: SALT, body: '{}' })).toBe(
      'fb1634c4e6cd4b1f1afe3ce2d6ef080f7ac5d1f357d723ad4dfca782733b62db',
    );
  });

  it('is another for another salt or another text', () => {
    const parts = [SALT, '01'.repeat(32)].flatMap((salt) => ['{}', '[]'].map((body) => ({ salt, body })));
    expect(new Set(parts.map(commitmentTo)).size).toBe(4);
  });

  it('is made for each part by its name', () => {
    const part = { salt: SALT, body: '{}' };
    expect(commitmentsTo({ request: part, answer: { ...part, body: '[]' } })).toEqual({
      request: commitmentTo(part),
      answer: commitmentTo({ salt: SALT, body: '[]' }),
    });
  });
});

describe('the kinds of entries', () => {
  it('are those that the API description of a leaf names', () => {
    expect(leafSchema.shape.kind.options).toEqual(ENTRY_KINDS);
  });
});
