import { expect } from 'vitest';
import { leafHashOf, nodeHashOf, type NodeAt } from '../../src/log/merkle-tree.js';
import { consistencyProof, inclusionProof, rootOf } from '../../src/log/tree-proof.js';
import { provesConsistency, rootFromInclusion } from '../../src/log/verify-proof.js';
import { exhaustively, laws, must } from '../property/law.js';
import { storedTree } from '../support/stored-tree.js';
import { naiveLeafHash, naiveProves, naiveRootFromPath, naiveTree } from './naive-tree.js';

const LARGEST = 257;

const LARGEST_PAIR = 129;

const texts = Array.from({ length: LARGEST }, (_, position) => `leaf ${String(position)} \u00e4\u{1f600}`);

const naive = naiveTree(texts.map(naiveLeafHash));

const stored = storedTree(texts.map(leafHashOf));

const from1To = (last: number): readonly number[] => Array.from({ length: last }, (_, index) => index + 1);

/** How often a proof may ask for a subtree: for each hash of it once, and for one on each level of the right edge, which is put together. */
const mostAsked = (size: number): number => 2 * Math.ceil(Math.log2(size)) + 1;

const same = (ours: readonly string[], theirs: readonly string[]): boolean =>
  ours.length === theirs.length && ours.every((hash, index) => hash === theirs[index]);

/** Checks one proof of inclusion against the definitions, with both verifiers. */
const checkInclusion = (index: number, size: number): void => {
  const [place, leafHash] = [`leaf ${index} of ${size}`, naive.part(index, index + 1)];
  const hashes = inclusionProof(index, size, stored.nodeAt);
  must(stored.asked() <= mostAsked(size), () => `${place}: too many questions`);
  must(same(hashes, naive.inclusion(index, size)), () => `${place}: another proof`);
  const root = rootFromInclusion({ index, size, leafHash, hashes });
  must(root === naive.root(size), () => `${place}: another root`);
  must(root === naiveRootFromPath(index, size, leafHash, hashes), () => `${place}: they disagree`);
};

const checkConsistency = (from: number, to: number): void => {
  const pair = `${from} in ${to}`;
  const hashes = consistencyProof(from, to, stored.nodeAt);
  must(stored.asked() <= mostAsked(to), () => `${pair}: too many questions`);
  must(same(hashes, naive.consistency(from, to)), () => `${pair}: another proof`);
  const [fromRoot, toRoot] = [naive.root(from), naive.root(to)];
  must(provesConsistency({ from, to, fromRoot, toRoot, hashes }), () => `${pair}: not accepted`);
  must(naiveProves({ from, to }, { fromRoot, toRoot }, hashes), () => `${pair}: they disagree`);
};

laws('the stored tree and RFC 9162 said plainly', () => {
  exhaustively('hash leaves alike', () => {
    for (const text of texts) expect(leafHashOf(text)).toBe(naiveLeafHash(text));
    return texts.length;
  });

  exhaustively('have the same root at each size from 0', () => {
    for (const size of [0, ...from1To(LARGEST)]) {
      expect(rootOf(size, stored.nodeAt)).toBe(naive.root(size));
      expect(stored.asked()).toBeLessThanOrEqual(mostAsked(Math.max(1, size)));
    }
    return LARGEST + 1;
  });

  exhaustively('store each complete subtree once, and it is the hash of its leaves', () => {
    let count = 0;
    for (let level = 0; 2 ** level <= LARGEST; level += 1)
      for (let index = 0; (index + 1) * 2 ** level <= LARGEST; index += 1, count += 1)
        expect(stored.nodeAt(level, index)).toBe(naive.part(index * 2 ** level, (index + 1) * 2 ** level));
    expect(stored.count).toBe(count);
    stored.asked();
    return count;
  });

  exhaustively('prove each leaf in each tree alike, and both verifiers agree', () => {
    const sizes = from1To(LARGEST);
    for (const size of sizes) for (let index = 0; index < size; index += 1) checkInclusion(index, size);
    return (LARGEST * (LARGEST + 1)) / 2;
  });

  exhaustively('prove each tree in each larger one alike, and both verifiers agree', () => {
    for (const to of from1To(LARGEST_PAIR)) for (const from of from1To(to)) checkConsistency(from, to);
    return (LARGEST_PAIR * (LARGEST_PAIR + 1)) / 2;
  });
});

/** The hash of a complete subtree of leaves that are all alike, by its level. */
const alike: string[] = [leafHashOf('alike')];
while (alike.length < 54) alike.push(nodeHashOf(alike.at(-1) ?? '', alike.at(-1) ?? ''));

const HUGE = [2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 52, 2 ** 53 - 2, 2 ** 53 - 1];

/** Places in a huge tree where something turns: its edges, and both sides of its largest powers of two. */
const placesIn = (size: number): readonly number[] =>
  [0, 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 51 + 1, 2 ** 52 - 1, 2 ** 52, size - 2, size - 1].filter(
    (place) => place < size,
  );

laws('in trees as large as numbers go', () => {
  let asked = 0;
  const nodeAt: NodeAt = (level) => {
    asked += 1;
    return alike[level] ?? '';
  };
  const takeAsked = (): number => {
    const count = asked;
    asked = 0;
    return count;
  };

  exhaustively('proofs of inclusion ask little and hold', () => {
    const places = HUGE.flatMap((size) => placesIn(size).map((index) => ({ index, size })));
    for (const { index, size } of places) {
      const hashes = inclusionProof(index, size, nodeAt);
      expect(takeAsked()).toBeLessThanOrEqual(mostAsked(size));
      const root = rootFromInclusion({ index, size, leafHash: alike[0] ?? '', hashes });
      expect(root).toBe(rootOf(size, nodeAt));
      expect(naiveRootFromPath(index, size, alike[0] ?? '', hashes)).toBe(root);
      takeAsked();
    }
    return places.length;
  });

  exhaustively('proofs of consistency ask little and hold', () => {
    const pairs = HUGE.flatMap((to) => [...placesIn(to), to].map((from) => ({ from, to }))).filter(
      ({ from }) => from > 0,
    );
    for (const { from, to } of pairs) {
      const [fromRoot, toRoot] = [rootOf(from, nodeAt), rootOf(to, nodeAt)];
      takeAsked();
      const hashes = consistencyProof(from, to, nodeAt);
      expect(takeAsked()).toBeLessThanOrEqual(mostAsked(to));
      expect(provesConsistency({ from, to, fromRoot, toRoot, hashes })).toBe(true);
      expect(naiveProves({ from, to }, { fromRoot, toRoot }, hashes)).toBe(true);
    }
    return pairs.length;
  });
});
