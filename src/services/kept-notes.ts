import type { AuditFault } from '../log/audit-fault.js';
import { notesIn, readCheckpoint, type Checkpoint } from '../log/checkpoint.js';
import type { VerifierKey } from '../log/verifier-key.js';

/** Checkpoints that were kept far from the service, and what is wrong with those that cannot be used. */
export type KeptNotes = {
  readonly checkpoints: readonly Checkpoint[];
  readonly faults: readonly AuditFault[];
};

const DETAILS = {
  malformed: 'is no checkpoint',
  'not-signed': 'is not signed by the key that was given',
} as const;

/** Reads the checkpoints of a file in which they stand one after the other. One that the key did not sign is a fault: it proves nothing. */
export const readKeptNotes = (file: string, key: VerifierKey): KeptNotes => {
  const reads = notesIn(file).map((note) => readCheckpoint(note, key));
  return {
    checkpoints: reads.flatMap((read) => (read.ok ? [read.checkpoint] : [])),
    faults: reads.flatMap((read, index) =>
      read.ok
        ? []
        : [
            {
              position: null,
              code: read.fault,
              detail: `the kept checkpoint ${String(index + 1)} ${DETAILS[read.fault]}`,
            },
          ],
    ),
  };
};
