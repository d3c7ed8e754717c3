import { describe, expect, it } from 'vitest';
import { EMPTY_ROOT, leafHashOf, nodeHashOf } from '../../../src/log/merkle-tree.js';
import { consistencyProof, inclusionProof, rootOf } from '../../../src/log/tree-proof.js';
import { provesConsistency, rootFromInclusion } from '../../../src/log/verify-proof.js';
import { storedTree } from '../../support/stored-tree.js';
import tree from '../../vectors/reference-tree.json' with { type: 'json' };

const leafHashes = tree.leaves.map((leaf) => leafHashOf(Buffer.from(leaf, 'hex').toString('latin1')));

const { nodeAt } = storedTree(leafHashes);

const hashAt = (index: number): string => leafHashes[index] ?? '';

const rootAt = (size: number): string => tree.roots[size] ?? '';

describe('the reference tree of Certificate Transparency', () => {
  it.each(tree.leafHashes)('hashes the leaf $leaf', ({ leaf, hash }) => {
    expect(leafHashOf(Buffer.from(leaf, 'hex').toString('latin1'))).toBe(hash);
  });

  it.each(tree.nodeHashes)('hashes a node', ({ left, right, hash }) => {
    expect(nodeHashOf(left, right)).toBe(hash);
  });

  it.each(tree.roots.map((root, size) => ({ size, root })))(
    'has its root at size $size',
    ({ size, root }) => {
      expect(rootOf(size, nodeAt)).toBe(root);
    },
  );

  it('begins empty', () => {
    expect(EMPTY_ROOT).toBe(rootAt(0));
  });

  it.each(tree.inclusion)('proves leaf $leaf of $size', ({ leaf, size, hashes }) => {
    expect(inclusionProof(leaf - 1, size, nodeAt)).toEqual(hashes);
    const claim = { index: leaf - 1, size, leafHash: hashAt(leaf - 1), hashes };
    expect(rootFromInclusion(claim)).toBe(rootAt(size));
  });

  it.each(tree.consistency)('proves size $from in size $to', ({ from, to, hashes }) => {
    expect(consistencyProof(from, to, nodeAt)).toEqual(hashes);
    const claim = { from, to, fromRoot: rootAt(from), toRoot: rootAt(to), hashes };
    expect(provesConsistency(claim)).toBe(true);
  });
});
