import type { AuditFault } from '../log/audit-fault.js';
import type { IdempotencyKey, Lookup } from '../log/entry.js';
import type { Leaf } from '../log/leaf.js';
import type { OpenedParts } from '../log/verify-entry.js';

/** The rows of an entry as they stand in a database that is doubted. */
export type RawEntry = {
  readonly position: number;
  /** What the log says of it; null where that cannot be read. */
  readonly leaf: Leaf | null;
  /** Its payload, opened; that there is none, or that it does not open. */
  readonly payload: OpenedParts | 'none' | 'damaged';
  readonly lookups: readonly (Lookup & { readonly organisation: string })[];
  readonly keys: readonly IdempotencyKey[];
};

/** The rows of a database, read as they are: nothing in it is trusted. All of it is of one moment. */
export type RawLog = {
  /** The rows of the log in the order of their positions. */
  readonly entries: () => Iterable<RawEntry>;
  /** The stored hash of a subtree; null where there is none. */
  readonly nodeAt: (level: number, place: number) => string | null;
  /** Rows that belong to no entry of a log of a size. */
  readonly strays: (size: number) => readonly AuditFault[];
  /** Where tables, triggers, indexes or bound keys are not as this service makes them, or the file is damaged. */
  readonly formFaults: () => readonly AuditFault[];
};
