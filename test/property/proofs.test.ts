import fc from 'fast-check';
import { expect } from 'vitest';
import { leafHashOf, nodeHashOf } from '../../src/log/merkle-tree.js';
import {
  provesConsistency,
  rootFromInclusion,
  type ConsistencyClaim,
  type InclusionClaim,
} from '../../src/log/verify-proof.js';
import { naiveLeafHash, naiveProves, naiveRootFromPath, naiveTree } from '../spec/naive-tree.js';
import { pick, times, type Draw } from '../support/generate-draw.js';
import { exhaustively, law, laws, must } from './law.js';

const LARGEST = 24;

const leafHashes = times(2 * LARGEST, (position) => naiveLeafHash(`leaf ${position}`));

const tree = naiveTree(leafHashes);

const sizes = times(LARGEST, (index) => index + 1);

const OTHER = naiveLeafHash('another');

type Inclusion = InclusionClaim & { readonly root: string };

const inclusions: readonly Inclusion[] = sizes.flatMap((size) =>
  times(size, (index) => ({
    index,
    size,
    leafHash: leafHashes[index] ?? '',
    root: tree.root(size),
    hashes: tree.inclusion(index, size),
  })),
);

const consistencies: readonly ConsistencyClaim[] = sizes.flatMap((to) =>
  times(to, (index) => ({
    from: index + 1,
    to,
    fromRoot: tree.root(index + 1),
    toRoot: tree.root(to),
    hashes: tree.consistency(index + 1, to),
  })),
);

const isIncluded = ({ root, ...claim }: Inclusion): boolean => rootFromInclusion(claim) === root;

/** A hash with one of its bits another. */
const turned = (hash: string, bit: number): string => {
  const bytes = Buffer.from(hash, 'hex');
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes.toString('hex');
};

/** Bits at the beginning, somewhere inside, and at the end of a hash. */
const BITS = [0, 7, 100, 255];

/** Everything that a hash can be changed into: another one, or no hash. */
const insteadOf = (hash: string): readonly string[] => [
  ...BITS.map((bit) => turned(hash, bit)),
  OTHER,
  hash.toUpperCase(),
  hash.slice(2),
  `${hash}00`,
  `${hash}\n`,
  '',
];

/** Each list that a proof becomes when one hash of it is changed, left out, doubled, or changes places with the next. */
const changedLists = (hashes: readonly string[]): readonly (readonly string[])[] =>
  hashes.flatMap((hash, nth) => [
    ...insteadOf(hash).map((other) => hashes.with(nth, other)),
    hashes.toSpliced(nth, 1),
    hashes.toSpliced(nth, 0, hash),
    ...(nth + 1 < hashes.length ? [hashes.toSpliced(nth, 2, hashes[nth + 1] ?? '', hash)] : []),
  ]);

/** The same, with a hash put in anywhere. */
const lists = (hashes: readonly string[]): readonly (readonly string[])[] => [
  ...changedLists(hashes),
  ...times(hashes.length + 1, (place) => hashes.toSpliced(place, 0, OTHER)),
];

const others = (valid: number, last: number): readonly number[] =>
  [
    -1,
    -valid,
    0.5,
    valid + 0.5,
    2 ** 53,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    ...times(last, (n) => n),
  ].filter((n) => n !== valid);

/** Every claim with one thing changed under which it must fail, whatever the tree. */
const brokenInclusions = (valid: Inclusion): readonly Inclusion[] => [
  ...others(valid.index, 2 * LARGEST).map((index) => ({ ...valid, index })),
  ...insteadOf(valid.leafHash).map((leafHash) => ({ ...valid, leafHash })),
  ...insteadOf(valid.root).map((root) => ({ ...valid, root })),
  ...lists(valid.hashes).map((hashes) => ({ ...valid, hashes })),
];

const brokenConsistencies = (valid: ConsistencyClaim): readonly ConsistencyClaim[] => [
  ...insteadOf(valid.fromRoot).map((fromRoot) => ({ ...valid, fromRoot })),
  ...insteadOf(valid.toRoot).map((toRoot) => ({ ...valid, toRoot })),
  ...lists(valid.hashes).map((hashes) => ({ ...valid, hashes })),
];

laws('a proof', () => {
  exhaustively('of inclusion fails with another index, leaf, root or hash', () => {
    let count = 0;
    for (const valid of inclusions) {
      must(isIncluded(valid), () => `${valid.index} of ${valid.size} must hold`);
      for (const broken of brokenInclusions(valid)) {
        must(!isIncluded(broken), () => `holds: ${JSON.stringify(broken)} from ${JSON.stringify(valid)}`);
        count += 1;
      }
    }
    return count;
  });

  exhaustively('of consistency fails with another root or hash', () => {
    let count = 0;
    for (const valid of consistencies) {
      must(provesConsistency(valid), () => `${valid.from} in ${valid.to} must hold`);
      for (const broken of brokenConsistencies(valid)) {
        must(
          !provesConsistency(broken),
          () => `holds: ${JSON.stringify(broken)} from ${JSON.stringify(valid)}`,
        );
        count += 1;
      }
    }
    return count;
  });

  // A size alone is not in the hashes: the same proof can have the form that another size asks for. So size and root belong together.
  exhaustively('of inclusion never leads to the root of a tree of another size', () => {
    for (const valid of inclusions)
      for (let size = 0; size <= 2 * LARGEST; size += 1)
        must(
          isIncluded({ ...valid, size, root: tree.root(size) }) === (size === valid.size),
          () => `${valid.index} of ${valid.size} in ${size}`,
        );
    return inclusions.length * (2 * LARGEST + 1);
  });

  exhaustively('of consistency never holds between the roots of trees of other sizes', () => {
    for (const valid of consistencies) {
      for (const from of sizes.filter((size) => size !== valid.from))
        must(!provesConsistency({ ...valid, from, fromRoot: tree.root(from) }), () => `from ${from}`);
      for (const to of sizes.filter((size) => size !== valid.to))
        must(!provesConsistency({ ...valid, to, toRoot: tree.root(to) }), () => `to ${to}`);
    }
    return consistencies.length * 2 * (LARGEST - 1);
  });

  exhaustively('is judged alike by both verifiers, at every place and size', () => {
    const far = times(2 * LARGEST, (n) => n);
    for (const { index, leafHash, hashes } of inclusions)
      for (const size of far)
        expect(rootFromInclusion({ index, size, leafHash, hashes })).toBe(
          naiveRootFromPath(index, size, leafHash, hashes),
        );
    for (const valid of consistencies.filter(({ to }) => to <= 12))
      for (const from of far)
        for (const to of far)
          must(
            provesConsistency({ ...valid, from, to }) === naiveProves({ from, to }, valid, valid.hashes),
            () => `${valid.from} in ${valid.to} as ${from} in ${to}`,
          );
    return inclusions.length * far.length + 78 * far.length ** 2;
  });
});

const JUNK_NUMBERS = [0, 1, 2, 3, 7, 8, -1, 0.5, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 1e300, Number.NaN, -Infinity];

const JUNK_HASHES = [
  '',
  'ab',
  OTHER,
  OTHER.toUpperCase(),
  `${OTHER}\n`,
  'g'.repeat(64),
  '\u{1f600}',
  '\ud800',
];

const drawNumber = (draw: Draw, gen: fc.GeneratorValue): number =>
  draw(2) === 0 ? pick(draw, JUNK_NUMBERS) : gen(() => fc.double());

const drawHash = (draw: Draw, gen: fc.GeneratorValue): string =>
  pick(draw, [OTHER, pick(draw, JUNK_HASHES), gen(() => fc.string({ unit: 'binary' }))]);

laws('the verifiers', () => {
  law('never throw and never believe what was made up', { seed: 20_261_127, runs: 4000 }, (draw, gen) => {
    const [one, other] = [drawNumber(draw, gen), drawNumber(draw, gen)];
    const [fromRoot, toRoot] = [drawHash(draw, gen), drawHash(draw, gen)];
    const hashes = times(draw(8), () => drawHash(draw, gen));
    const root = rootFromInclusion({ index: one, size: other, leafHash: fromRoot, hashes });
    must(root === null || /^[0-9a-f]{64}$/.test(root), () => `no root: ${String(root)}`);
    const isProven = provesConsistency({ from: one, to: other, fromRoot, toRoot, hashes });
    must(!isProven || (one === other && fromRoot === toRoot), () => 'believed');
    return 2;
  });

  exhaustively('take a proof of any length without effort', () => {
    const hashes = times(300_000, () => OTHER);
    for (const last of [OTHER, 'junk']) {
      const long = [...hashes, last];
      expect(rootFromInclusion({ index: 0, size: 2 ** 53 - 1, leafHash: OTHER, hashes: long })).toBeNull();
      const claim = { from: 3, to: 2 ** 53 - 1, fromRoot: OTHER, toRoot: OTHER, hashes: long };
      expect(provesConsistency(claim)).toBe(false);
    }
    return 4;
  });
});

laws('hashes', () => {
  exhaustively('of leaves and nodes are never each other, and order matters', () => {
    const [left, right] = [leafHashOf('left'), leafHashOf('right')];
    expect(nodeHashOf(left, right)).not.toBe(nodeHashOf(right, left));
    const inside = Buffer.concat([Buffer.from(left, 'hex'), Buffer.from(right, 'hex')]).toString('latin1');
    expect(leafHashOf(inside)).not.toBe(nodeHashOf(left, right));
    return 2;
  });

  exhaustively('that are damaged are not hashed on', () => {
    const damaged = insteadOf(OTHER).filter((hash) => hash.length !== 64 || hash !== hash.toLowerCase());
    for (const hash of damaged) {
      expect(() => nodeHashOf(hash, OTHER)).toThrow(RangeError);
      expect(() => nodeHashOf(OTHER, hash)).toThrow(RangeError);
    }
    return damaged.length * 2;
  });
});
