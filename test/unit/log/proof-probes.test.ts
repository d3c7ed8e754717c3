import { describe, expect, it } from 'vitest';
import { leafHashOf } from '../../../src/log/merkle-tree.js';
import { provesConsistency, rootFromInclusion } from '../../../src/log/verify-proof.js';
import { naiveProves, naiveRootFromPath } from '../../spec/naive-tree.js';
import {
  consistencyProbes,
  inclusionProbes,
  type ConsistencyProbe,
  type InclusionProbe,
} from '../../support/proof-probes.js';
import probes from '../../vectors/proof-probes.json' with { type: 'json' };
import tree from '../../vectors/reference-tree.json' with { type: 'json' };

const hex = (base64: string): string => Buffer.from(base64, 'base64').toString('hex');

/** Accepted where they were published and refused here: what they have for roots are no hashes, and one has a tree without leaves. */
const STRICTER = [
  'consistency/additional/sizes-are-equal-one-and-proof-is-empty.json',
  'consistency/additional/sizes-are-equal-zero-and-proof-is-empty.json',
];

const holds = ({ index, size, root, leafHash, hashes }: InclusionProbe): boolean =>
  rootFromInclusion({ index, size, leafHash, hashes }) === root;

const publishedInclusion = probes.inclusion.map((probe) => ({
  file: probe.file,
  desc: probe.desc,
  index: probe.leafIdx,
  size: probe.treeSize,
  root: hex(probe.root),
  leafHash: hex(probe.leafHash),
  hashes: probe.proof.map(hex),
  isValid: !probe.wantErr,
}));

const publishedConsistency = probes.consistency.map((probe) => ({
  file: probe.file,
  desc: probe.desc,
  from: probe.size1,
  to: probe.size2,
  fromRoot: hex(probe.root1),
  toRoot: hex(probe.root2),
  hashes: probe.proof.map(hex),
  isValid: !probe.wantErr && !STRICTER.includes(probe.file),
}));

const rootAt = (size: number): string => tree.roots[size] ?? '';

const validInclusion: readonly InclusionProbe[] = tree.inclusion.map(({ leaf, size, hashes }) => ({
  desc: 'happy path',
  index: leaf - 1,
  size,
  root: rootAt(size),
  leafHash: leafHashOf(Buffer.from(tree.leaves[leaf - 1] ?? '', 'hex').toString('latin1')),
  hashes,
}));

const validConsistency: readonly ConsistencyProbe[] = tree.consistency
  .filter(({ hashes }) => hashes.length > 0)
  .map(({ from, to, hashes }) => ({
    desc: 'happy path',
    from,
    to,
    fromRoot: rootAt(from),
    toRoot: rootAt(to),
    hashes,
  }));

describe('published claims of inclusion', () => {
  it.each(publishedInclusion)('$file', (probe) => {
    expect(holds(probe)).toBe(probe.isValid);
  });

  it.each(validInclusion.flatMap(inclusionProbes))('leaf $index of $size with $desc is refused', (probe) => {
    expect(holds(probe)).toBe(false);
    expect(naiveRootFromPath(probe.index, probe.size, probe.leafHash, probe.hashes)).not.toBe(probe.root);
  });
});

describe('published claims of consistency', () => {
  it.each(publishedConsistency)('$file', (probe) => {
    expect(provesConsistency(probe)).toBe(probe.isValid);
  });

  it.each(validConsistency.flatMap(consistencyProbes))('$from in $to with $desc is refused', (probe) => {
    const { from, to, fromRoot, toRoot, hashes } = probe;
    expect(provesConsistency(probe)).toBe(false);
    expect(naiveProves({ from, to }, { fromRoot, toRoot }, hashes)).toBe(false);
  });
});

describe('the changes that are made here', () => {
  /** What a probe says, without what it is called here alone. */
  const told = ({ desc, ...claim }: InclusionProbe | ConsistencyProbe): string =>
    JSON.stringify([desc.replace('leafIndex', 'leafIdx').replace('/', 'div'), Object.entries(claim).sort()]);
  const made = new Set([
    ...validInclusion.flatMap((valid) => [valid, ...inclusionProbes(valid)]).map(told),
    ...validConsistency.flatMap((valid) => [valid, ...consistencyProbes(valid)]).map(told),
  ]);
  // Below zero a number is another one there than here.
  const published = [...publishedInclusion, ...publishedConsistency].filter(
    ({ file, desc }) => /\/\d\/[^/]+$/.test(file) && !file.includes('additional') && desc !== 'leafIdx - 1',
  );

  it('are those that were published, wherever both are at hand', () => {
    expect(published.length).toBeGreaterThan(15);
    for (const { file, isValid, ...probe } of published)
      expect([file, isValid, made.has(told(probe))]).toEqual([file, isValid, true]);
  });
});
