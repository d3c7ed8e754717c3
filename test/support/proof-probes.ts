import type { ConsistencyClaim, InclusionClaim } from '../../src/log/verify-proof.js';

/** A claim of inclusion with the root that it is to lead to, and what was changed in it. */
export type InclusionProbe = InclusionClaim & { readonly root: string; readonly desc: string };

/** A claim of consistency, and what was changed in it. */
export type ConsistencyProbe = ConsistencyClaim & { readonly desc: string };

/** A hash of nothing in particular, as published. */
const SOME_HASH = 'abacaba000000000000000000000000000000000000000000060061e00123456';

const EMPTY_TREE = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const WRONG_LEAF = Buffer.from('WrongLeaf').toString('hex');

const WRONG_ROOT = Buffer.from('WrongRoot').toString('hex');

const half = (value: number): number => Math.floor(value / 2);

/** The proof with a bit of the first byte of one hash turned. */
const turned = (hashes: readonly string[], nth: number, bit: number): readonly string[] =>
  hashes.map((hash, index) => {
    const bytes = Buffer.from(hash, 'hex');
    bytes[0] = (bytes[0] ?? 0) ^ (index === nth ? 2 ** bit : 0);
    return bytes.toString('hex');
  });

/**
 * A valid claim with each of the changes under which it must be refused. Source: `corruptInclusionProof` in proof/verify_test.go of
 * transparency-dev/merkle (see test/vectors/README.md), told anew.
 */
export const inclusionProbes = (valid: InclusionProbe): readonly InclusionProbe[] => {
  const { index, size, root, hashes } = valid;
  const withHashes = (desc: string, changed: readonly string[]): InclusionProbe => ({
    ...valid,
    desc,
    hashes: changed,
  });
  const [first] = hashes;
  return [
    { ...valid, desc: 'leafIndex - 1', index: index - 1 },
    { ...valid, desc: 'leafIndex + 1', index: index + 1 },
    { ...valid, desc: 'leafIndex ^ 2', index: index ^ 2 },
    { ...valid, desc: 'treeSize * 2', size: size * 2 },
    { ...valid, desc: 'treeSize / 2', size: half(size) },
    { ...valid, desc: 'wrong leaf', leafHash: WRONG_LEAF },
    { ...valid, desc: 'empty root', root: EMPTY_TREE },
    { ...valid, desc: 'random root', root: SOME_HASH },
    withHashes('trailing garbage', [...hashes, '']),
    withHashes('trailing root', [...hashes, root]),
    withHashes('preceding garbage', ['', ...hashes]),
    withHashes('preceding root', [root, ...hashes]),
    ...hashes.map((_, nth) => withHashes(`modified proof[${nth}] bit 3`, turned(hashes, nth, 3))),
    ...(first === undefined ? [] : [withHashes('removed component', hashes.slice(0, -1))]),
    ...(first === undefined || hashes.length < 2
      ? []
      : [withHashes('inserted component', [first, SOME_HASH, ...hashes.slice(1)])]),
  ];
};

/** The same for a valid claim of consistency that has a proof. Source: `corruptConsistencyProof` there. */
export const consistencyProbes = (valid: ConsistencyProbe): readonly ConsistencyProbe[] => {
  const { from, to, fromRoot, toRoot, hashes } = valid;
  const withHashes = (desc: string, changed: readonly string[]): ConsistencyProbe => ({
    ...valid,
    desc,
    hashes: changed,
  });
  return [
    { ...valid, desc: 'size1 - 1', from: from - 1 },
    { ...valid, desc: 'size1 + 1', from: from + 1 },
    { ...valid, desc: 'size1 ^ 2', from: from ^ 2 },
    { ...valid, desc: 'size2 * 2', to: to * 2 },
    { ...valid, desc: 'size2 / 2', to: half(to) },
    { ...valid, desc: 'wrong root1', fromRoot: WRONG_ROOT },
    { ...valid, desc: 'wrong root2', toRoot: WRONG_ROOT },
    { ...valid, desc: 'swapped roots', fromRoot: toRoot, toRoot: fromRoot },
    withHashes('empty proof', []),
    withHashes('trailing garbage', [...hashes, '']),
    withHashes('trailing root1', [...hashes, fromRoot]),
    withHashes('trailing root2', [...hashes, toRoot]),
    withHashes('preceding garbage', ['', ...hashes]),
    withHashes('preceding root1', [fromRoot, ...hashes]),
    withHashes('preceding root2', [toRoot, ...hashes]),
    withHashes('preceding proof[0]', [...hashes.slice(0, 1), ...hashes]),
    withHashes('truncated proof', hashes.slice(0, -1)),
    ...hashes.map((_, nth) => withHashes(`modified proof[${nth}] bit 4`, turned(hashes, nth, 4))),
  ];
};
