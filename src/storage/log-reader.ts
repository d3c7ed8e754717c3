import { RULE_EVENTS, type Entry, type EntryKind, type IdempotencyScope } from '../log/entry.js';
import type { NodeAt } from '../log/merkle-tree.js';
import type {
  EntryPlace,
  ExpiredAsked,
  KeyedEntry,
  LookupIn,
  PageAsked,
  SliceAsked,
  TreeEntry,
} from '../services/ports.js';
import { positionsOnPage } from './log-page.js';
import { expiredBefore } from './log-time.js';
import type { logTable } from './schema.js';
import type { Statements } from './statements.js';
import type { Vault } from './vault.js';

type LogRow = typeof logTable.$inferSelect;

/** What is read of a column is what was written into it. */
const parseCommitments: (text: string) => Entry['commitments'] = JSON.parse;

/** Which parts are wanted: null is all of them. Where none is, nothing is opened, so that a damaged payload hides no entry. */
type Wanted = readonly string[] | null;

/** The kinds of the events on rule-set versions, and on keys of clients. */
const KINDS_OF = { rules: RULE_EVENTS, keys: ['key'] } as const;

/** What is read of the log on a connection to the embedded database. */
export class LogReader {
  readonly #statements: Statements;
  readonly #vault: Vault;

  constructor(statements: Statements, vault: Vault) {
    this.#statements = statements;
    this.#vault = vault;
  }

  /** The entry of an id and a kind with its payload, or null. */
  load(id: string, kind: EntryKind): Entry | null {
    const row = this.#statements.byId.get({ id });
    return row?.kind === kind ? this.#entryOf(row) : null;
  }

  /** The entry that was made under an idempotency key, or null. */
  findByKey(scope: IdempotencyScope): KeyedEntry | null {
    const key = this.#statements.keyIn.get(scope);
    const entry = key === undefined ? null : this.#entryAt(key.position);
    return key === undefined || entry === null ? null : { bodyHash: key.bodyHash, entry };
  }

  /** The entries that were recorded with a lookup, in the order of the log. */
  find(lookup: LookupIn): readonly Entry[] {
    const { positionsOf, positionsOfCode } = this.#statements;
    const found =
      lookup.organisation === null
        ? positionsOfCode.all({ value: lookup.value })
        : positionsOf.all({ ...lookup });
    return this.#entriesAt(
      found.map(({ position }) => position),
      null,
    );
  }

  /** Entries that have all that is asked for, in the order of the log. */
  page(asked: PageAsked): readonly Entry[] {
    return this.#entriesAt(positionsOnPage(this.#statements, asked), asked.parts);
  }

  /** Entries of every organisation after a position, in the order of the log. */
  slice({ after, limit, parts, ofWhom }: SliceAsked): readonly TreeEntry[] {
    return this.#statements.after.all({ position: after, limit }).map((row) => ({
      ...this.#entryOf(row, ofWhom?.includes(row.organisation) === false ? [] : parts),
      leafHash: this.nodeAt(0, row.position),
    }));
  }

  /** Entries of patients that are older than a moment and whose payload is still kept, in the order of the log. */
  expired(asked: ExpiredAsked): readonly EntryPlace[] {
    return expiredBefore(this.#statements, asked);
  }

  /** The events on rule-set versions or on keys of clients after a position, in the order of the log; -1 is before all. */
  eventsAfter(on: 'rules' | 'keys', position: number): readonly Entry[] {
    const { ofKindAfter } = this.#statements;
    return KINDS_OF[on]
      .flatMap((kind) => ofKindAfter.all({ kind, position }))
      .toSorted((a, b) => a.position - b.position)
      .map((row) => this.#entryOf(row));
  }

  /** How many entries the log has. */
  size(): number {
    return (this.#statements.lastPosition.get()?.last ?? -1) + 1;
  }

  /** The hash of a complete subtree. */
  readonly nodeAt: NodeAt = (level, place) => {
    const node = this.#statements.nodeAt.get({ level, place });
    if (node === undefined)
      throw new RangeError(`the tree has no node at level ${String(level)}, place ${String(place)}`);
    return node.hash;
  };

  #entriesAt(positions: readonly number[], parts: Wanted): readonly Entry[] {
    return positions.map((position) => this.#entryAt(position, parts)).filter((entry) => entry !== null);
  }

  #entryAt(position: number, parts: Wanted = null): Entry | null {
    const row = this.#statements.byPosition.get({ position });
    return row === undefined ? null : this.#entryOf(row, parts);
  }

  #entryOf(row: LogRow, wanted: Wanted = null): Entry {
    const { position } = row;
    return {
      ...row,
      commitments: parseCommitments(row.commitments),
      parts: this.#partsAt(position, wanted),
    };
  }

  #partsAt(position: number, wanted: Wanted): Entry['parts'] {
    if (wanted?.length === 0) return {};
    const key = this.#statements.payloadKeyAt.get({ position });
    if (key === undefined) return {};
    const { partsAt, partAt } = this.#statements;
    // A part that is not wanted is not read: an answer is long, and a summary is short.
    const parts =
      wanted === null ? partsAt.all({ position }) : wanted.flatMap((part) => partAt.all({ position, part }));
    return this.#vault.open(position, { key: key.sealed, parts });
  }
}
