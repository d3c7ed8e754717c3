import { completedBy, type NodeAt } from '../../src/log/merkle-tree.js';

/** A tree as a log stores it: the complete subtrees, and how often it was asked for one. */
export type StoredTree = { readonly nodeAt: NodeAt; readonly asked: () => number; readonly count: number };

const nameOf = (level: number, index: number): string => `${String(level)}/${String(index)}`;

/** The tree that grows leaf by leaf from their hashes. What is not stored cannot be asked for. */
export const storedTree = (leafHashes: readonly string[]): StoredTree => {
  const nodes = new Map<string, string>();
  let asked = 0;
  const nodeAt: NodeAt = (level, index) => {
    asked += 1;
    const hash = nodes.get(nameOf(level, index));
    if (hash === undefined) throw new Error(`no complete subtree ${nameOf(level, index)}`);
    return hash;
  };
  for (const [position, leafHash] of leafHashes.entries())
    for (const { level, index, hash } of completedBy(position, leafHash, nodeAt))
      nodes.set(nameOf(level, index), hash);
  asked = 0;
  const takeAsked = (): number => {
    const count = asked;
    asked = 0;
    return count;
  };
  return { nodeAt, asked: takeAsked, count: nodes.size };
};
