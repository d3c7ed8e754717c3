import { createHash } from 'node:crypto';

/** The hash of a complete subtree: of the 2^level leaves that begin at leaf `index * 2^level`. It throws where there is none. */
export type NodeAt = (level: number, index: number) => string;

/** A complete subtree with its hash. */
export type TreeNode = { readonly level: number; readonly index: number; readonly hash: string };

/** Leaves and nodes are hashed under prefixes of their own, so that no node can be passed off as a leaf. */
const LEAF_PREFIX = Buffer.of(0);

const NODE_PREFIX = Buffer.of(1);

/** The root of a tree without leaves. */
export const EMPTY_ROOT = createHash('sha256').digest('hex');

/** The hash (hex) of a leaf: SHA-256 of a zero byte and its text in UTF-8. Source: RFC 9162, section 2.1.1. */
export const leafHashOf = (text: string): string =>
  createHash('sha256').update(LEAF_PREFIX).update(text, 'utf8').digest('hex');

const HASH = /^[0-9a-f]{64}$/;

/** A damaged hash must not be hashed on: what comes of it would be a root like any other. */
const bytesOf = (hash: string): Buffer => {
  if (!HASH.test(hash)) throw new RangeError('a hash is 64 digits of lower-case hex');
  return Buffer.from(hash, 'hex');
};

/** The hash (hex) of a node: SHA-256 of a byte that is one, and the hashes of its two subtrees. Source: RFC 9162, section 2.1.1. */
export const nodeHashOf = (left: string, right: string): string =>
  createHash('sha256').update(NODE_PREFIX).update(bytesOf(left)).update(bytesOf(right)).digest('hex');

/** The complete subtrees that a leaf completes, the leaf itself first. Only subtrees to their left are asked for. @throws RangeError */
export const completedBy = (position: number, leafHash: string, nodeAt: NodeAt): readonly TreeNode[] => {
  if (!Number.isSafeInteger(position) || position < 0)
    throw new RangeError(`${String(position)} is no position`);
  const nodes: TreeNode[] = [];
  let hash = leafHash;
  let index = position;
  for (let level = 0; ; level += 1) {
    nodes.push({ level, index, hash });
    if (index % 2 === 0) return nodes;
    hash = nodeHashOf(nodeAt(level, index - 1), hash);
    index = (index - 1) / 2;
  }
};
