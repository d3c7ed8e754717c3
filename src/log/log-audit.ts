import { byPosition, FaultList, type AuditFault } from './audit-fault.js';
import type { Checkpoint } from './checkpoint.js';
import { ERASURE_PART, erasedPositions } from './erasure.js';
import { GrowingTree } from './growing-tree.js';
import { KeptCheckpoints } from './kept-checkpoints.js';
import type { Leaf } from './leaf.js';
import type { TreeNode } from './merkle-tree.js';
import { entryFaults, type DoubtedEntry, type OpenedParts } from './verify-entry.js';

/** An entry in the order of the log: all of it, or its hash alone where it is of another organisation. */
export type AuditedEntry = DoubtedEntry | { readonly leafHash: string; readonly leaf: null };

/** What came of an audit. It found nothing where `faultCount` is 0. */
export type AuditOutcome = {
  readonly size: number;
  /** The root (hex) that the entries have together. */
  readonly root: string;
  /** How many entries were opened, how many are known by their hash alone, and how many had been erased. */
  readonly opened: number;
  readonly withheld: number;
  readonly erased: number;
  /** How many kept checkpoints were compared. */
  readonly checkpoints: number;
  /** The first faults, in the order of the log. */
  readonly faults: readonly AuditFault[];
  readonly faultCount: number;
};

const notErased = (position: number): AuditFault => ({
  position,
  code: 'payload-missing',
  detail: 'its payload is gone, and no erasure names it',
});

const stillThere = (position: number): AuditFault => ({
  position,
  code: 'payload-not-erased',
  detail: 'an erasure names it, and its payload is still there',
});

/**
 * Audits a log entry by entry, in its order, in memory that grows with what was erased alone: each entry against its hash and its payload, each payload
 * that is gone against the erasures, and the roots on the way against checkpoints that were kept elsewhere.
 */
export class LogAudit {
  readonly #tree = new GrowingTree();
  readonly #faults = new FaultList();
  readonly #kept: KeptCheckpoints;
  readonly #gone = new Set<number>();
  readonly #named = new Set<number>();
  readonly #counts = { opened: 0, withheld: 0 };

  constructor(kept: readonly Checkpoint[]) {
    this.#kept = new KeptCheckpoints(kept);
    this.#kept.meet(this.#tree);
  }

  /** How many entries there were so far. */
  get size(): number {
    return this.#tree.size;
  }

  /** Takes the next entry. @returns the subtrees that it completes @throws RangeError where its hash is none */
  add(entry: AuditedEntry): readonly TreeNode[] {
    const position = this.#tree.size;
    const completed = this.#tree.add(entry.leafHash);
    if (entry.leaf === null) this.#counts.withheld += 1;
    else this.#open(entry, position);
    this.#kept.meet(this.#tree);
    return completed;
  }

  /** Adds faults that others found in the entry that comes next, or in the log as a whole. */
  blame(faults: readonly AuditFault[]): void {
    this.#faults.add(faults);
  }

  /** What came of it, once every entry was taken. */
  end(): AuditOutcome {
    const late = [...this.#erasureFaults(), ...this.#kept.faultsAt(this.#tree.size)];
    return {
      size: this.#tree.size,
      root: this.#tree.root(),
      ...this.#counts,
      erased: this.#gone.size,
      checkpoints: this.#kept.count,
      faults: [...this.#faults.kept, ...late].toSorted(byPosition),
      faultCount: this.#faults.count + late.length,
    };
  }

  #open(entry: DoubtedEntry, position: number): void {
    const { leaf, parts } = entry;
    if (leaf.position !== position)
      this.blame([{ position, code: 'position-missing', detail: 'in its place stands another entry' }]);
    this.blame(entryFaults(entry));
    if (parts === null && Object.keys(leaf.commitments).length > 0) this.#gone.add(position);
    else this.#counts.opened += 1;
    if (leaf.kind === 'erasure') this.#readErasure(leaf, parts);
  }

  #readErasure({ position }: Leaf, parts: OpenedParts | null): void {
    const part = parts?.[ERASURE_PART];
    const positions = part === undefined ? null : erasedPositions(part.body);
    if (positions === null)
      this.blame([
        { position, code: 'content-differs', detail: 'the erasure does not say which entries it is about' },
      ]);
    else for (const named of positions) this.#named.add(named);
  }

  #erasureFaults(): readonly AuditFault[] {
    const unnamed = [...this.#gone].filter((position) => !this.#named.has(position)).map(notErased);
    const kept = [...this.#named].filter((position) => !this.#gone.has(position)).map(stillThere);
    return [...unnamed, ...kept].toSorted(byPosition);
  }
}
