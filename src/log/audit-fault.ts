/** What can be wrong with a log, in a word that scripts may branch on. A word never takes another meaning. */
export type FaultCode =
  | 'position-missing'
  | 'leaf-changed'
  | 'part-changed'
  | 'part-missing'
  | 'part-unexpected'
  | 'payload-damaged'
  | 'payload-missing'
  | 'payload-not-erased'
  | 'content-differs'
  | 'lookup-differs'
  | 'key-differs'
  | 'tree-differs'
  | 'row-unexpected'
  | 'schema-differs'
  | 'database-damaged'
  | 'rewritten'
  | 'cut'
  | 'other-root'
  | 'not-signed'
  | 'malformed'
  | 'incomplete';

/**
 * A fault in a log. `position` is that of the entry that does not fit; null where it is of no entry. Where only a range can be told, the first entry
 * that does not fit lies from `position` to `upTo`.
 */
export type AuditFault = {
  readonly position: number | null;
  readonly upTo?: number;
  readonly code: FaultCode;
  readonly detail: string;
};

const placeOf = ({ position, upTo }: AuditFault): number => upTo ?? position ?? -1;

/**
 * The order in which faults are told: what is wrong as a whole, and then the first entry that does not fit. A range comes where it ends, so that an entry
 * inside it that is known for certain is told first.
 */
export const byPosition = (a: AuditFault, b: AuditFault): number => placeOf(a) - placeOf(b);

/** How many faults of one kind are kept: a log that was rewritten has one at every entry. */
const MOST_KEPT = 100;

/** Faults as they are found, in the order of the log: the first ones are kept, and all are counted. */
export class FaultList {
  readonly #kept: AuditFault[] = [];
  #count = 0;

  /** Adds faults; each call must come no earlier in the log than the one before. */
  add(faults: readonly AuditFault[]): void {
    this.#count += faults.length;
    this.#kept.push(...faults.slice(0, MOST_KEPT - this.#kept.length));
  }

  get kept(): readonly AuditFault[] {
    return this.#kept;
  }

  get count(): number {
    return this.#count;
  }
}
