import type { AuditFault } from './audit-fault.js';
import type { Checkpoint } from './checkpoint.js';
import type { GrowingTree } from './growing-tree.js';

const cut = (size: number, kept: Checkpoint): AuditFault => ({
  position: size,
  code: 'cut',
  detail: `the log ends here, and a checkpoint was kept of it at the size ${String(kept.size)}`,
});

/** The first entry that does not fit came after the last checkpoint that does, and before the first that does not. */
const rewritten = (fits: number, { size }: Checkpoint): AuditFault => ({
  position: Math.min(fits, Math.max(size - 1, 0)),
  ...(size - 1 > fits ? { upTo: size - 1 } : {}),
  code: 'rewritten',
  detail: `the log has another root at the size ${String(size)} than the checkpoint that was kept`,
});

/** Checkpoints of a log that were kept elsewhere, compared with its roots as it is read. */
export class KeptCheckpoints {
  readonly #all: readonly Checkpoint[];
  #next = 0;
  /** The size of the last checkpoint that fits; everything before it stands as it did. */
  #fits = 0;
  #differs: Checkpoint | null = null;

  constructor(kept: readonly Checkpoint[]) {
    this.#all = kept.toSorted((a, b) => a.size - b.size);
  }

  get count(): number {
    return this.#all.length;
  }

  /** Compares those of the size of a tree with its root. It must be called at every size, in order. */
  meet(tree: GrowingTree): void {
    for (let kept = this.#all[this.#next]; kept?.size === tree.size; kept = this.#all[this.#next]) {
      this.#next += 1;
      if (kept.root !== tree.root()) this.#differs ??= kept;
      else if (this.#differs === null) this.#fits = kept.size;
    }
  }

  /** What does not fit, where the log ends at a size. */
  faultsAt(size: number): readonly AuditFault[] {
    const longer = this.#all[this.#next];
    return [
      ...(this.#differs === null ? [] : [rewritten(this.#fits, this.#differs)]),
      ...(longer === undefined ? [] : [cut(size, longer)]),
    ];
  }
}
