import type { Entry } from '../log/entry.js';
import { leafHashOf } from '../log/merkle-tree.js';
import { leafTextOf } from '../log/leaf.js';
import { checkpointAt, signHead, type SignedHead } from './checkpoints.js';
import { findEntry } from './find-entry.js';
import type { Ports } from './ports.js';

/** That an entry stands in the log at a size: all that is needed to check it far from here, but for the key of the log. */
export type InclusionProof = {
  readonly entry: Entry;
  readonly leafHash: string;
  /** From the leaf to the root, hex. */
  readonly hashes: readonly string[];
  readonly checkpoint: SignedHead;
};

/** That the log of one size begins with that of another. */
export type ConsistencyProof = {
  readonly from: SignedHead;
  readonly to: SignedHead;
  readonly hashes: readonly string[];
};

/** What became of a question for a proof: there is no such entry, or the log never had such a size. */
export type Proven<P> =
  | { readonly kind: 'proven'; readonly proof: P }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'no-such-size' };

type ProofPorts = Pick<Ports, 'log' | 'signer'>;

/**
 * Proves that an entry stands in the log at a size; at the size now where that is null. The proof and the checkpoint are of one size.
 * @throws LogUnavailableError
 */
export const proveEntry = async (
  entry: Entry,
  size: number | null,
  ports: ProofPorts,
): Promise<Proven<InclusionProof>> => {
  const checkpoint = await checkpointAt(size, ports);
  if (checkpoint === null) return { kind: 'no-such-size' };
  const inclusion = await ports.log.inclusion(entry.position, checkpoint.size);
  if (inclusion === null) return { kind: 'no-such-size' };
  const leafHash = leafHashOf(leafTextOf(entry));
  return { kind: 'proven', proof: { entry, leafHash, hashes: inclusion.hashes, checkpoint } };
};

/**
 * Proves that a decision of an organisation stands in the log, whether its payload is still kept or not.
 * @throws LogUnavailableError
 */
export const proveDecision = async (
  {
    id,
    organisation,
    size,
  }: { readonly id: string; readonly organisation: string; readonly size: number | null },
  ports: ProofPorts,
): Promise<Proven<InclusionProof>> => {
  const entry = await findEntry(id, organisation, ports);
  return entry === null ? { kind: 'not-found' } : proveEntry(entry, size, ports);
};

/**
 * Proves that the log of one size begins with that of another: nothing of it was changed, removed or moved between the two.
 * @throws LogUnavailableError
 */
export const proveConsistency = async (
  { from, to }: { readonly from: number; readonly to: number | null },
  ports: ProofPorts,
): Promise<Proven<ConsistencyProof>> => {
  const head = await ports.log.head(to);
  const proof = head === null ? null : await ports.log.consistency(from, head.size);
  if (head === null || proof === null) return { kind: 'no-such-size' };
  return {
    kind: 'proven',
    proof: {
      from: signHead({ size: from, root: proof.fromRoot }, ports),
      to: signHead({ size: head.size, root: proof.root }, ports),
      hashes: proof.hashes,
    },
  };
};
