import { signedCheckpoint } from '../log/checkpoint.js';
import { verifierKeyOf, writeVerifierKey } from '../log/verifier-key.js';
import type { Ports, TreeHead } from './ports.js';

/** The head of the log at a size, signed: the note is a checkpoint in the form of C2SP tlog-checkpoint. */
export type SignedHead = TreeHead & { readonly note: string };

/** What the log is known by: its name, and the key that checks its checkpoints, as text in the form of C2SP signed-note. */
export type LogName = { readonly origin: string; readonly publicKey: string };

/** What the log is known by. */
export const logNameOf = ({ signer }: Pick<Ports, 'signer'>): LogName => ({
  origin: signer.name,
  publicKey: writeVerifierKey(verifierKeyOf(signer.name, signer.publicKey)),
});

/** Signs a head of the log. One size of one log has one checkpoint, however often it is signed. */
export const signHead = (head: TreeHead, { signer }: Pick<Ports, 'signer'>): SignedHead => ({
  ...head,
  note: signedCheckpoint({ origin: signer.name, ...head }, signer),
});

/**
 * The checkpoint of a size; of the size now where that is null. Null where the log never had it.
 * @throws LogUnavailableError
 */
export const checkpointAt = async (
  size: number | null,
  { log, signer }: Pick<Ports, 'log' | 'signer'>,
): Promise<SignedHead | null> => {
  const head = await log.head(size);
  return head === null ? null : signHead(head, { signer });
};
