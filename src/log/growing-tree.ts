import { completedBy, EMPTY_ROOT, nodeHashOf, type NodeAt, type TreeNode } from './merkle-tree.js';

/** A tree that is grown leaf by leaf and knows its root at every size. It keeps no more than the complete subtrees on its right edge. */
export class GrowingTree {
  #edge: readonly TreeNode[] = [];
  #size = 0;

  /** How many leaves it has. */
  get size(): number {
    return this.#size;
  }

  /**
   * Adds a leaf. @param leafHash its hash, hex
   * @returns the subtrees that it completes, the leaf itself first
   * @throws RangeError where it is no hash
   */
  add(leafHash: string): readonly TreeNode[] {
    const completed = completedBy(this.#size, leafHash, this.#onEdge);
    const top = completed.at(-1);
    if (top !== undefined) this.#edge = [...this.#edge.filter(({ level }) => level > top.level), top];
    this.#size += 1;
    return completed;
  }

  /** The root (hex) of the tree as it is now. */
  root(): string {
    const [last, ...others] = this.#edge.map(({ hash }) => hash).toReversed();
    return last === undefined ? EMPTY_ROOT : others.reduce((right, left) => nodeHashOf(left, right), last);
  }

  readonly #onEdge: NodeAt = (level) => {
    const node = this.#edge.find((other) => other.level === level);
    if (node === undefined)
      throw new RangeError(`the edge of the tree has no node at level ${String(level)}`);
    return node.hash;
  };
}
