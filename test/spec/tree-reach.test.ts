import { completedBy, leafHashOf, type NodeAt } from '../../src/log/merkle-tree.js';
import { consistencyProof, inclusionProof, rootOf } from '../../src/log/tree-proof.js';
import { exhaustively, laws, must } from '../property/law.js';
import { storedTree } from '../support/stored-tree.js';

const LARGEST = 129;

/** More leaves than any tree that is asked about: a question beyond its size would find an answer here. */
const leafHashes = Array.from({ length: 2 * LARGEST }, (_, position) => leafHashOf(String(position)));

const stored = storedTree(leafHashes);

/** The tree at a size, while the log has grown on: what lies beyond the size, even in part, may not be asked for. */
const within =
  (size: number): NodeAt =>
  (level, index) => {
    must(level >= 0 && index >= 0, () => `no place: ${level}/${index}`);
    must((index + 1) * 2 ** level <= size, () => `${level}/${index} is beyond size ${size}`);
    return stored.nodeAt(level, index);
  };

const sizes = Array.from({ length: LARGEST }, (_, index) => index + 1);

laws('a log that has grown on is asked only for what lay inside a size', () => {
  exhaustively('for its root', () => {
    for (const size of sizes) rootOf(size, within(size));
    return LARGEST;
  });

  exhaustively('for the proof of each leaf', () => {
    for (const size of sizes)
      for (let index = 0; index < size; index += 1) inclusionProof(index, size, within(size));
    return (LARGEST * (LARGEST + 1)) / 2;
  });

  exhaustively('for the proof of each smaller tree', () => {
    for (const to of sizes) for (let from = 1; from <= to; from += 1) consistencyProof(from, to, within(to));
    return (LARGEST * (LARGEST + 1)) / 2;
  });

  exhaustively('for what a new leaf completes', () => {
    for (const [position, leafHash] of leafHashes.entries())
      completedBy(position, leafHash, within(position));
    return leafHashes.length;
  });
});
