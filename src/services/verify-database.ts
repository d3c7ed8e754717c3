import type { AuditFault } from '../log/audit-fault.js';
import type { Checkpoint } from '../log/checkpoint.js';
import { leafTextOf } from '../log/leaf.js';
import { LogAudit, type AuditOutcome } from '../log/log-audit.js';
import { leafHashOf, type TreeNode } from '../log/merkle-tree.js';
import type { Ports } from './ports.js';
import type { RawEntry, RawLog } from './raw-log.js';
import { foundByFaults } from './verify-found-by.js';
import { contentFaults } from './verify-content.js';

/** With what a database is checked: its own keyed hashes, and checkpoints that were kept elsewhere. */
type VerifiedWith = Pick<Ports, 'subjectHash'> & { readonly kept: readonly Checkpoint[] };

/** Stands for an entry of which nothing is left, so that those after it keep their places. */
const NO_HASH = '0'.repeat(64);

/** Beyond so many missing entries a row counts as one that was made up: nobody loses that many from the middle. */
const MOST_MISSING = 100_000;

/** What was stored of the tree is compared with what the entries make of it. */
const treeFaults = (position: number, nodes: readonly TreeNode[], raw: RawLog): readonly AuditFault[] =>
  nodes
    .filter(({ level, index, hash }) => raw.nodeAt(level, index) !== hash)
    .map(({ level, index }) =>
      level === 0
        ? {
            position,
            code: 'leaf-changed',
            detail: 'what the log says of the entry is not what stands in the tree',
          }
        : {
            position,
            code: 'tree-differs',
            detail: `the node of the tree at level ${String(level)}, place ${String(index)} is not what its entries make of it`,
          },
    );

const payloadFaults = ({ position, leaf, payload }: RawEntry): readonly AuditFault[] => {
  if (payload === 'damaged')
    return [{ position, code: 'payload-damaged', detail: 'its payload does not open' }];
  return leaf === null || payload === 'none' ? [] : contentFaults(leaf, payload);
};

class DatabaseAudit {
  readonly #raw: RawLog;
  readonly #using: VerifiedWith;
  readonly #audit: LogAudit;

  constructor(raw: RawLog, using: VerifiedWith) {
    this.#raw = raw;
    this.#using = using;
    this.#audit = new LogAudit(using.kept);
    this.#audit.blame(raw.formFaults());
  }

  take(entry: RawEntry): void {
    const isNext = entry.position >= this.#audit.size && entry.position - this.#audit.size <= MOST_MISSING;
    if (!isNext) {
      this.#audit.blame([
        {
          position: this.#audit.size,
          code: 'row-unexpected',
          detail: 'a row of the log is in no place of it',
        },
      ]);
      return;
    }
    while (this.#audit.size < entry.position) this.#passMissing();
    this.#audit.blame([...payloadFaults(entry), ...foundByFaults(entry, this.#using)]);
    this.#grow(entry);
  }

  end(): AuditOutcome {
    this.#audit.blame(this.#raw.strays(this.#audit.size));
    return this.#audit.end();
  }

  #passMissing(): void {
    const position = this.#audit.size;
    this.#audit.blame([{ position, code: 'position-missing', detail: 'the entry is not there' }]);
    this.#audit.add({ leafHash: this.#raw.nodeAt(0, position) ?? NO_HASH, leaf: null });
  }

  #grow({ position, leaf, payload }: RawEntry): void {
    if (leaf === null) {
      this.#audit.blame([
        { position, code: 'leaf-changed', detail: 'what the log says of it cannot be read' },
      ]);
      this.#audit.add({ leafHash: this.#raw.nodeAt(0, position) ?? NO_HASH, leaf: null });
      return;
    }
    const leafHash = leafHashOf(leafTextOf(leaf));
    // What does not open was blamed already; that it is there shows that it was not erased.
    const parts = typeof payload === 'string' ? null : payload;
    const nodes =
      payload === 'damaged'
        ? this.#audit.add({ leafHash, leaf: null })
        : this.#audit.add({ leafHash, leaf, parts });
    this.#audit.blame(treeFaults(position, nodes, this.#raw));
  }
}

/**
 * Verifies a database row by row: each entry against its place in the tree and its payload, all that it is found by against what follows from it, the form of the
 * database, and the roots on the way against checkpoints that were kept. Nothing that was written is trusted but those.
 */
export const verifyDatabase = (raw: RawLog, using: VerifiedWith): AuditOutcome => {
  const audit = new DatabaseAudit(raw, using);
  for (const entry of raw.entries()) audit.take(entry);
  return audit.end();
};
