import type { Entry } from '../log/entry.js';
import { findEntry } from './find-entry.js';
import type { Ports } from './ports.js';
import { proveEntry, type InclusionProof } from './prove.js';

/** What was asked for was erased. That it was there, and stands in the log as it did, is proven all the same. */
export class ErasedError extends Error {
  override readonly name = 'ErasedError';
  readonly proof: InclusionProof;

  constructor(proof: InclusionProof) {
    super(`the payload of entry ${String(proof.entry.position)} was erased`);
    this.proof = proof;
  }
}

/** Whether the payload of an entry is not kept any more, though the log committed to one. */
export const isErased = ({ parts, commitments }: Entry): boolean =>
  Object.keys(parts).length === 0 && Object.keys(commitments).length > 0;

/**
 * Finds the entry of a decision of an organisation, with its payload.
 * @returns null where there is none
 * @throws ErasedError where its payload was erased, LogUnavailableError
 */
export const findKept = async (
  id: string,
  organisation: string,
  ports: Pick<Ports, 'log' | 'signer'>,
): Promise<Entry | null> => {
  const entry = await findEntry(id, organisation, ports);
  if (entry === null || !isErased(entry)) return entry;
  const proven = await proveEntry(entry, null, ports);
  if (proven.kind !== 'proven') throw new Error(`entry ${String(entry.position)} is not in the tree`);
  throw new ErasedError(proven.proof);
};
