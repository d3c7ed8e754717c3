import type { JsonObject, JsonValue } from '../../values/json.js';
import { CONSISTENCY_FORM, INCLUSION_FORM } from './proof-schema.js';

/** A signed head of the log, as far as it is written. */
type SignedHead = { readonly size: number; readonly root: string; readonly note: string };

/** An entry of the log, as far as it is written. */
export type ProvenEntry = {
  readonly position: number;
  readonly id: string;
  readonly at: string;
  readonly organisation: string;
  readonly kind: string;
  readonly ruleSetHash: string;
  readonly commitments: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<string, { readonly salt: string; readonly body: string }>>;
};

/** Canonical JSON is read and written again as the same text, so that a part can be shown as JSON and still be hashed. */
const parseBody: (text: string) => JsonValue = JSON.parse;

/** Writes what the log says of an entry. */
export const writeLeaf = (entry: ProvenEntry): JsonObject => ({
  position: entry.position,
  id: entry.id,
  at: entry.at,
  organisation: entry.organisation,
  kind: entry.kind,
  ruleSetHash: entry.ruleSetHash,
  commitments: entry.commitments,
});

/** Writes the payload of an entry, opened; null where it is not kept. */
export const writeParts = ({ parts }: ProvenEntry): JsonObject | null => {
  const opened = Object.entries(parts).map(
    ([name, { salt, body }]) => [name, { salt, value: parseBody(body) }] as const,
  );
  return opened.length === 0 ? null : Object.fromEntries(opened);
};

/** Writes a checkpoint, with the key that checks it. */
export const writeCheckpoint = (
  { size, root, note }: SignedHead,
  { origin, publicKey }: { readonly origin: string; readonly publicKey: string },
): JsonObject => ({ origin, size, root, checkpoint: note, publicKey });

/** Writes a proof that an entry stands in the log, with all that is needed to check it but the key. */
export const writeInclusionProof = (proof: {
  readonly entry: ProvenEntry;
  readonly leafHash: string;
  readonly hashes: readonly string[];
  readonly checkpoint: SignedHead;
}): JsonObject => ({
  form: INCLUSION_FORM,
  leaf: writeLeaf(proof.entry),
  parts: writeParts(proof.entry),
  leafHash: proof.leafHash,
  size: proof.checkpoint.size,
  hashes: proof.hashes,
  checkpoint: proof.checkpoint.note,
});

const writeHead = ({ size, root, note }: SignedHead): JsonObject => ({ size, root, checkpoint: note });

/** Writes a proof that the log only grew. */
export const writeConsistencyProof = (proof: {
  readonly from: SignedHead;
  readonly to: SignedHead;
  readonly hashes: readonly string[];
}): JsonObject => ({
  form: CONSISTENCY_FORM,
  from: writeHead(proof.from),
  to: writeHead(proof.to),
  hashes: proof.hashes,
});
