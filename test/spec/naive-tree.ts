import { createHash } from 'node:crypto';

/**
 * The tree of RFC 9162, section 2.1, said again as plainly as its definitions are: recursive, on a list of the hashes of all leaves. It shares
 * nothing with `src/log`, so that a mistake there is not repeated here.
 */

const sha256 = (...parts: readonly Buffer[]): string =>
  createHash('sha256').update(Buffer.concat(parts)).digest('hex');

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** HASH(0x00 || d) */
export const naiveLeafHash = (text: string): string => sha256(Buffer.of(0x00), Buffer.from(text));

/** HASH(0x01 || left || right) */
const join = (left: string, right: string): string => sha256(Buffer.of(0x01), bytes(left), bytes(right));

/** The largest power of two smaller than n, for n > 1. */
const k = (n: number): number => {
  let power = 1;
  while (power < n) power *= 2;
  return power / 2;
};

/** What was computed before, because these definitions ask for it over and over: the hash of the leaves from one to before another. */
type Known = Map<string, string>;

/** A list of leaves: those of `all` from `start` to before `end`, as D[start:end] in the RFC. */
type Leaves = {
  readonly all: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly known: Known;
};

const lengthOf = ({ start, end }: Leaves): number => end - start;

const firstOf = (d: Leaves, count: number): Leaves => ({ ...d, end: d.start + count });

const afterFirst = (d: Leaves, count: number): Leaves => ({ ...d, start: d.start + count });

/** MTH, section 2.1.1 */
const mth = (d: Leaves): string => {
  const n = lengthOf(d);
  if (n === 0) return sha256();
  if (n === 1) return d.all[d.start] ?? '';
  const name = `${String(d.start)}-${String(d.end)}`;
  const hash = d.known.get(name) ?? join(mth(firstOf(d, k(n))), mth(afterFirst(d, k(n))));
  d.known.set(name, hash);
  return hash;
};

/** PATH, section 2.1.3.1 */
const path = (m: number, d: Leaves): readonly string[] => {
  const n = lengthOf(d);
  if (n === 1) return [];
  return m < k(n)
    ? [...path(m, firstOf(d, k(n))), mth(afterFirst(d, k(n)))]
    : [...path(m - k(n), afterFirst(d, k(n))), mth(firstOf(d, k(n)))];
};

/** SUBPROOF, section 2.1.4.1 */
const subproof = (m: number, d: Leaves, b: boolean): readonly string[] => {
  const n = lengthOf(d);
  if (m === n) return b ? [] : [mth(d)];
  return m <= k(n)
    ? [...subproof(m, firstOf(d, k(n)), b), mth(afterFirst(d, k(n)))]
    : [...subproof(m - k(n), afterFirst(d, k(n)), false), mth(firstOf(d, k(n)))];
};

/** The roots and the proofs of all trees that begin as the leaves with these hashes do. */
export const naiveTree = (all: readonly string[]) => {
  const known: Known = new Map();
  const leaves = (end: number): Leaves => ({ all, start: 0, end, known });
  return {
    root: (size: number): string => mth(leaves(size)),
    /** The hash of the leaves from one to before another. */
    part: (start: number, end: number): string => mth({ all, start, end, known }),
    inclusion: (index: number, size: number): readonly string[] => path(index, leaves(size)),
    consistency: (from: number, to: number): readonly string[] => subproof(from, leaves(to), true),
  };
};

/**
 * The root that follows from a leaf and its path, by going the definition of PATH backwards: the last hash is that of the half in which the leaf
 * is not. Null where the path is none for this place.
 */
export const naiveRootFromPath = (
  m: number,
  n: number,
  leaf: string,
  hashes: readonly string[],
): string | null => {
  if (m < 0 || m >= n) return null;
  if (n === 1) return hashes.length === 0 ? leaf : null;
  const last = hashes.at(-1);
  if (last === undefined) return null;
  const isLeft = m < k(n);
  const half = isLeft
    ? naiveRootFromPath(m, k(n), leaf, hashes.slice(0, -1))
    : naiveRootFromPath(m - k(n), n - k(n), leaf, hashes.slice(0, -1));
  if (half === null) return null;
  return isLeft ? join(half, last) : join(last, half);
};

/** The hashes of the first m of n leaves, and of all n. */
type Pair = readonly [string, string];

const pairFromProof = (m: number, n: number, hashes: readonly string[], root: string | null): Pair | null => {
  if (m === n) {
    const [own = root, ...rest] = hashes;
    const isWhole = rest.length === 0 && (root === null) === (hashes.length === 1);
    return own !== null && isWhole ? [own, own] : null;
  }
  const last = hashes.at(-1);
  if (last === undefined) return null;
  const left = hashes.slice(0, -1);
  const pair = m <= k(n) ? pairFromProof(m, k(n), left, root) : pairFromProof(m - k(n), n - k(n), left, null);
  if (pair === null) return null;
  return m <= k(n) ? [pair[0], join(pair[1], last)] : [join(last, pair[0]), join(last, pair[1])];
};

/** Whether both roots follow from a proof, by going the definition of SUBPROOF backwards. */
export const naiveProves = (
  sizes: { readonly from: number; readonly to: number },
  roots: { readonly fromRoot: string; readonly toRoot: string },
  hashes: readonly string[],
): boolean => {
  const { from, to } = sizes;
  if (from < 1 || from > to) return false;
  const pair = pairFromProof(from, to, hashes, roots.fromRoot);
  return pair !== null && pair[0] === roots.fromRoot && pair[1] === roots.toRoot;
};
