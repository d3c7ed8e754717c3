import type { IdempotencyKey, NewEntry } from '../log/entry.js';
import { commitmentsTo, leafTextOf } from '../log/leaf.js';
import { completedBy, leafHashOf, type NodeAt } from '../log/merkle-tree.js';
import type { Statements } from './statements.js';
import type { Vault } from './vault.js';

/** An idempotency key is taken: the whole batch is not written. */
export class KeyTaken extends Error {}

/** What entries are written with: the statements of a connection, the vault for their payloads, and the tree so far. */
export type WriterParts = {
  readonly statements: Statements;
  readonly vault: Vault;
  readonly nodeAt: NodeAt;
};

const insertKey = (statements: Statements, key: IdempotencyKey, position: number): void => {
  if (statements.keyIn.get(key) !== undefined) throw new KeyTaken();
  statements.insertKey.run({ ...key, position });
};

const insertPayload = (
  { statements, vault }: WriterParts,
  position: number,
  parts: NewEntry['parts'],
): void => {
  if (Object.keys(parts).length === 0) return;
  const sealed = vault.seal(position, parts);
  statements.insertPayloadKey.run({ position, sealed: sealed.key });
  for (const part of sealed.parts) statements.insertPart.run({ position, ...part });
};

const insertLeaf = ({ statements, nodeAt }: WriterParts, position: number, leafText: string): void => {
  for (const { level, index, hash } of completedBy(position, leafHashOf(leafText), nodeAt))
    statements.insertNode.run({ level, place: index, hash });
};

/** Writes an entry in its place, with all that follows from it. It must run inside a transaction. @throws KeyTaken */
export const insertEntry = (writer: WriterParts, entry: NewEntry, position: number): void => {
  const { statements } = writer;
  const { parts, idempotency, lookups = [], ...columns } = entry;
  const commitments = commitmentsTo(parts);
  statements.insertEntry.run({ ...columns, position, commitments: JSON.stringify(commitments) });
  insertLeaf(writer, position, leafTextOf({ ...columns, position, commitments }));
  insertPayload(writer, position, parts);
  const { organisation } = entry;
  for (const lookup of lookups) statements.insertLookup.run({ ...lookup, organisation, position });
  if (idempotency !== undefined) insertKey(statements, idempotency, position);
};
