import { describe, expect, it } from 'vitest';
import { completedBy, EMPTY_ROOT, leafHashOf } from '../../../src/log/merkle-tree.js';
import { consistencyProof, inclusionProof, rootOf } from '../../../src/log/tree-proof.js';
import { storedTree } from '../../support/stored-tree.js';

const leafHashes = ['a', 'b', 'c', 'd', 'e'].map(leafHashOf);

const { nodeAt } = storedTree(leafHashes);

const NO_SIZES = [-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY];

describe('what is asked of a tree', () => {
  it('without leaves is answered without a question', () => {
    expect(rootOf(0, () => expect.fail('asked'))).toBe(EMPTY_ROOT);
  });

  it('of one leaf is that leaf, and its proof is empty', () => {
    expect(rootOf(1, nodeAt)).toBe(leafHashes[0]);
    expect(inclusionProof(0, 1, nodeAt)).toEqual([]);
  });

  it('about a tree in itself is proven by nothing', () => {
    expect(consistencyProof(5, 5, nodeAt)).toEqual([]);
  });

  it.each(NO_SIZES)('is an error where the size is %d', (size) => {
    expect(() => rootOf(size, nodeAt)).toThrow(RangeError);
    expect(() => inclusionProof(0, size, nodeAt)).toThrow(RangeError);
    expect(() => consistencyProof(1, size, nodeAt)).toThrow(RangeError);
  });

  it.each([...NO_SIZES, 5, 6])('is an error where leaf %d of 5 is asked for', (index) => {
    expect(() => inclusionProof(index, 5, nodeAt)).toThrow(RangeError);
  });

  it.each([...NO_SIZES, 0, 6])('is an error where 5 leaves are to begin with %d', (from) => {
    expect(() => consistencyProof(from, 5, nodeAt)).toThrow(RangeError);
  });

  it('is an error where a leaf is to be at no position', () => {
    for (const position of NO_SIZES)
      expect(() => completedBy(position, leafHashOf('a'), nodeAt)).toThrow(RangeError);
  });

  it('is an error where a subtree is not there', () => {
    expect(() => rootOf(6, nodeAt)).toThrow('no complete subtree');
  });

  it('is an error where a subtree is damaged', () => {
    expect(() => rootOf(5, () => 'damaged')).toThrow(RangeError);
    expect(() => completedBy(1, leafHashOf('a'), () => 'damaged')).toThrow(RangeError);
  });
});
