import { EMPTY_ROOT, nodeHashOf, type NodeAt } from './merkle-tree.js';

const assertSize = (size: number): void => {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`${String(size)} is no size of a tree`);
};

/** The greatest power of two below a count of leaves, with its exponent. */
const halfOf = (count: number): { readonly leaves: number; readonly level: number } => {
  let level = 0;
  let leaves = 1;
  while (leaves * 2 < count) {
    leaves *= 2;
    level += 1;
  }
  return { leaves, level };
};

/** The hash of the leaves from `start` on, so many of them, where `start` is a multiple of the next power of two: the left part is complete. */
const hashOf = (start: number, count: number, nodeAt: NodeAt): string => {
  if (count === 1) return nodeAt(0, start);
  const { leaves, level } = halfOf(count);
  if (leaves * 2 === count) return nodeAt(level + 1, start / count);
  return nodeHashOf(nodeAt(level, start / leaves), hashOf(start + leaves, count - leaves, nodeAt));
};

/** The root of the tree of a size. Source: RFC 9162, section 2.1.1. @throws RangeError where it is no size */
export const rootOf = (size: number, nodeAt: NodeAt): string => {
  assertSize(size);
  return size === 0 ? EMPTY_ROOT : hashOf(0, size, nodeAt);
};

/** A subtree that still has to be descended into: its leaves, and the hashes of those that were left aside. */
type Descent = { readonly start: number; readonly count: number; readonly aside: readonly string[] };

/** Goes down one step, to the left or to the right, and leaves the other half aside. */
const step = ({ start, count, aside }: Descent, toLeft: boolean, nodeAt: NodeAt): Descent => {
  const { leaves } = halfOf(count);
  const [right, rest] = [start + leaves, count - leaves];
  return toLeft
    ? { start, count: leaves, aside: [hashOf(right, rest, nodeAt), ...aside] }
    : { start: right, count: rest, aside: [hashOf(start, leaves, nodeAt), ...aside] };
};

/** Whether a leaf lies in the left half of what is descended into. */
const isToLeft = ({ start, count }: Descent, leaf: number): boolean => leaf < start + halfOf(count).leaves;

/**
 * The hashes that lead from a leaf to the root of the tree of a size, from the leaf upward. Source: RFC 9162, section 2.1.3.1.
 * @throws RangeError where the tree of that size has no such leaf
 */
export const inclusionProof = (index: number, size: number, nodeAt: NodeAt): readonly string[] => {
  assertSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new RangeError(`a tree of size ${String(size)} has no leaf ${String(index)}`);
  let descent: Descent = { start: 0, count: size, aside: [] };
  while (descent.count > 1) descent = step(descent, isToLeft(descent, index), nodeAt);
  return descent.aside;
};

/**
 * The hashes that show that the tree of one size begins with the tree of a smaller one; none where the sizes are equal. Source: RFC 9162, section
 * 2.1.4.1.
 * @throws RangeError where `from` is not from 1 to `to`
 */
export const consistencyProof = (from: number, to: number, nodeAt: NodeAt): readonly string[] => {
  assertSize(to);
  if (!Number.isSafeInteger(from) || from < 1 || from > to)
    throw new RangeError(`no tree of size ${String(to)} begins with one of size ${String(from)}`);
  let descent: Descent = { start: 0, count: to, aside: [] };
  while (descent.start + descent.count !== from) descent = step(descent, isToLeft(descent, from - 1), nodeAt);
  const { start, count, aside } = descent;
  // Where the smaller tree is a complete subtree on the left edge, its root is known to whoever checks.
  return start === 0 ? aside : [hashOf(start, count, nodeAt), ...aside];
};
