import { notesIn, readCheckpoint, type Checkpoint } from '../log/checkpoint.js';
import { verifierKeyOf } from '../log/verifier-key.js';
import { checkpointAt, type SignedHead } from './checkpoints.js';
import type { Ports } from './ports.js';

type CheckpointPorts = Pick<Ports, 'log' | 'signer'>;

/** Publishes the checkpoint of the log as it is now, where it has grown since the last time. @throws whatever `tell` does, and LogUnavailableError */
export type PublishCheckpoint = () => Promise<void>;

/**
 * Makes what publishes checkpoints. One that could not be told counts as not published, and the next one takes its place.
 * @param tell brings a checkpoint to where others can keep it
 */
export const checkpointPublisher = (
  ports: CheckpointPorts,
  tell: (head: SignedHead) => Promise<void>,
): PublishCheckpoint => {
  let published = -1;
  return async () => {
    const head = await checkpointAt(null, ports);
    if (head === null || head.size === published) return;
    await tell(head);
    published = head.size;
  };
};

/** The log is not the one of which checkpoints were published: the start must stop. The message is one line that says why. */
export class ForkedLogError extends Error {
  override readonly name = 'ForkedLogError';
}

const newest = (checkpoints: readonly Checkpoint[]): Checkpoint | null =>
  checkpoints.reduce<Checkpoint | null>(
    (before, checkpoint) => (before === null || checkpoint.size >= before.size ? checkpoint : before),
    null,
  );

/**
 * Makes sure that the log goes on where its published checkpoints end. A log that was put back from an older copy would give sizes a second root, and whoever kept the
 * first could no longer tell it from one that was tampered with.
 * @param published checkpoints one after the other, such as the end of the file that they were written to; those of other logs are passed over
 * @throws ForkedLogError where the newest one does not agree with the log, LogUnavailableError
 */
export const assertContinues = async (published: string, { log, signer }: CheckpointPorts): Promise<void> => {
  const key = verifierKeyOf(signer.name, signer.publicKey);
  const own = notesIn(published).flatMap((note) => {
    const read = readCheckpoint(note, key);
    return read.ok ? [read.checkpoint] : [];
  });
  const last = newest(own);
  if (last === null) return;
  const head = await log.head(last.size);
  if (head === null)
    throw new ForkedLogError(
      `the log is shorter than its last published checkpoint, of size ${String(last.size)}: it was cut, or put back from an older copy`,
    );
  if (head.root !== last.root)
    throw new ForkedLogError(
      `the log has another root at the size ${String(last.size)} than its last published checkpoint: it was rewritten`,
    );
};
