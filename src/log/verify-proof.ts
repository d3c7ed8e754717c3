import { nodeHashOf } from './merkle-tree.js';

/** That a leaf is in the tree of a size: all of it is doubted. Hashes are hex. */
export type InclusionClaim = {
  readonly index: number;
  readonly size: number;
  readonly leafHash: string;
  readonly hashes: readonly string[];
};

/** That the tree of one size begins with the tree of another: all of it is doubted. */
export type ConsistencyClaim = {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: string;
  readonly toRoot: string;
  readonly hashes: readonly string[];
};

const HASH = /^[0-9a-f]{64}$/;

const areHashes = (texts: readonly string[]): boolean => texts.every((text) => HASH.test(text));

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const isOdd = (value: number): boolean => value % 2 === 1;

const half = (value: number): number => Math.floor(value / 2);

/** The place of a leaf and of the last leaf, level by level, as a proof leads upward. */
type Place = { readonly own: number; readonly last: number };

const up = ({ own, last }: Place): Place => ({ own: half(own), last: half(last) });

/** Goes up to the level on which the subtree on the right edge meets one to its left. */
const upToTurn = (place: Place): Place => {
  let turned = place;
  while (!isOdd(turned.own) && turned.own > 0) turned = up(turned);
  return turned;
};

/** The roots that a proof leads to from where it begins: that of what lies to the left of it, and that of the whole tree. */
type Roots = { readonly left: string; readonly whole: string };

/** One step upward: a hash from the left belongs to both roots, one from the right to the whole tree alone. */
const joined = ({ left, whole }: Roots, hash: string, isFromLeft: boolean): Roots =>
  isFromLeft
    ? { left: nodeHashOf(hash, left), whole: nodeHashOf(hash, whole) }
    : { left, whole: nodeHashOf(whole, hash) };

/** Follows a proof upward; null where it has too many hashes for its place, or too few. */
const rootsFrom = (start: Place, seed: string, hashes: readonly string[]): Roots | null => {
  let place = start;
  let roots: Roots = { left: seed, whole: seed };
  for (const hash of hashes) {
    if (place.last === 0) return null;
    const isFromLeft = isOdd(place.own) || place.own === place.last;
    roots = joined(roots, hash, isFromLeft);
    place = up(isFromLeft ? upToTurn(place) : place);
  }
  return place.last === 0 ? roots : null;
};

const isPlace = (index: number, size: number): boolean => isCount(index) && isCount(size) && index < size;

/**
 * The root that a proof of inclusion leads to; null where the proof has not the form that one for this place has. The root must then be compared with
 * one that is trusted. Total: no claim makes it throw. Source: RFC 9162, section 2.1.3.2.
 */
export const rootFromInclusion = ({ index, size, leafHash, hashes }: InclusionClaim): string | null => {
  if (!isPlace(index, size) || !areHashes([leafHash]) || !areHashes(hashes)) return null;
  return rootsFrom({ own: index, last: size - 1 }, leafHash, hashes)?.whole ?? null;
};

/** Where the smaller tree is a complete subtree, its root begins the proof though the proof leaves it out. */
const isPowerOfTwo = (value: number): boolean => {
  let left = value;
  while (left > 1 && !isOdd(left)) left = half(left);
  return left === 1;
};

const upPastRight = (place: Place): Place => {
  let passed = place;
  while (isOdd(passed.own)) passed = up(passed);
  return passed;
};

const rootsOfBoth = (from: number, to: number, [seed, ...path]: readonly string[]): Roots | null =>
  seed === undefined ? null : rootsFrom(upPastRight({ own: from - 1, last: to - 1 }), seed, path);

/**
 * Whether a proof shows that the tree of one size begins with that of another. Total: no claim makes it throw. Source: RFC 9162, section 2.1.4.2.
 */
export const provesConsistency = ({ from, to, fromRoot, toRoot, hashes }: ConsistencyClaim): boolean => {
  if (!isPlace(from - 1, to) || !areHashes([fromRoot, toRoot, ...hashes])) return false;
  if (from === to) return hashes.length === 0 && fromRoot === toRoot;
  const roots = rootsOfBoth(from, to, isPowerOfTwo(from) ? [fromRoot, ...hashes] : hashes);
  return roots !== null && roots.left === fromRoot && roots.whole === toRoot;
};
