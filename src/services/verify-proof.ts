import type { AuditFault, FaultCode } from '../log/audit-fault.js';
import { readCheckpoint, type Checkpoint } from '../log/checkpoint.js';
import type { VerifierKey } from '../log/verifier-key.js';
import { entryFaults } from '../log/verify-entry.js';
import { provesConsistency, rootFromInclusion } from '../log/verify-proof.js';
import { openedParts, type ShownEntry } from './doubted-entry.js';
import { contentFaults } from './verify-content.js';
import type { VerifiedWith } from './verify-export.js';

/** A proof that an entry stands in the log of a size. All of it is doubted. */
export type ShownInclusion = ShownEntry & {
  readonly size: number;
  readonly hashes: readonly string[];
  readonly checkpoint: string;
};

/** A head of the log with its checkpoint, as a proof shows it. */
type ShownHead = { readonly size: number; readonly root: string; readonly checkpoint: string };

/** A proof that the log only grew. All of it is doubted. */
export type ShownConsistency = {
  readonly from: ShownHead;
  readonly to: ShownHead;
  readonly hashes: readonly string[];
};

/** What came of a proof: it holds where there is no fault. `compared` counts the kept checkpoints that could be compared with it. */
export type ProofOutcome = { readonly faults: readonly AuditFault[]; readonly compared: number };

const fault = (position: number | null, code: FaultCode, detail: string): AuditFault => ({
  position,
  code,
  detail,
});

type HeadRead = { readonly checkpoint: Checkpoint | null; readonly faults: readonly AuditFault[] };

const readHead = (note: string, size: number, key: VerifierKey): HeadRead => {
  const read = readCheckpoint(note, key);
  if (!read.ok)
    return { checkpoint: null, faults: [fault(null, read.fault, 'its checkpoint is not signed by the key')] };
  return read.checkpoint.size === size
    ? { checkpoint: read.checkpoint, faults: [] }
    : {
        checkpoint: null,
        faults: [fault(null, 'malformed', 'its checkpoint is of another size than the proof')],
      };
};

/** Compares heads of the log with the checkpoints of the same sizes that were kept. */
const compareKept = (heads: readonly Checkpoint[], kept: readonly Checkpoint[]): ProofOutcome => {
  const pairs = heads.flatMap((head) =>
    kept.filter(({ size }) => size === head.size).map((other) => ({ head, other })),
  );
  return {
    compared: pairs.length,
    faults: pairs
      .filter(({ head, other }) => head.root !== other.root)
      .map(({ head }) =>
        fault(
          null,
          'rewritten',
          `the log has another root at the size ${String(head.size)} than the checkpoint that was kept`,
        ),
      ),
  };
};

/** Whether an entry stands in the log as the proof says, with all that it opens. */
export const verifyInclusion = (proof: ShownInclusion, { key, kept }: VerifiedWith): ProofOutcome => {
  const { leaf, leafHash, size, hashes } = proof;
  const parts = openedParts(proof.parts);
  const head = readHead(proof.checkpoint, size, key);
  const root = rootFromInclusion({ index: leaf.position, size, leafHash, hashes });
  const leads =
    head.checkpoint === null || root === head.checkpoint.root
      ? []
      : [fault(leaf.position, 'other-root', 'its hashes do not lead to the root of its checkpoint')];
  const compared = compareKept(head.checkpoint === null ? [] : [head.checkpoint], kept);
  return {
    compared: compared.compared,
    faults: [
      ...entryFaults({ leafHash, leaf, parts }),
      ...(parts === null ? [] : contentFaults(leaf, parts)),
      ...head.faults,
      ...leads,
      ...compared.faults,
    ],
  };
};

/** What is wrong with a proof whose checkpoints are signed: it is about other roots than they are, or it does not show what it should. */
const pairFaults = (
  { from, to, hashes }: ShownConsistency,
  smaller: Checkpoint,
  larger: Checkpoint,
): readonly AuditFault[] => {
  if (smaller.root !== from.root || larger.root !== to.root)
    return [fault(null, 'malformed', 'its roots are not those of its checkpoints')];
  const claim = { from: from.size, to: to.size, fromRoot: from.root, toRoot: to.root, hashes };
  return provesConsistency(claim)
    ? []
    : [fault(null, 'rewritten', 'it does not show that the larger log begins with the smaller one')];
};

/** Whether the log of one size begins with the log of the other. */
export const verifyConsistency = (proof: ShownConsistency, { key, kept }: VerifiedWith): ProofOutcome => {
  const from = readHead(proof.from.checkpoint, proof.from.size, key);
  const to = readHead(proof.to.checkpoint, proof.to.size, key);
  const read = [from, to].flatMap(({ checkpoint }) => (checkpoint === null ? [] : [checkpoint]));
  const [smaller, larger] = read;
  const pair = smaller === undefined || larger === undefined ? [] : pairFaults(proof, smaller, larger);
  const compared = compareKept(read, kept);
  return {
    compared: compared.compared,
    faults: [...from.faults, ...to.faults, ...pair, ...compared.faults],
  };
};
