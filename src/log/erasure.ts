/** What an entry of the kind `erasure` says: why the payloads of these entries are not kept any more, and who asked for it. */
export type Erasure = {
  /** `subject`: someone asked for it for one patient. `age`: they were older than they are kept. */
  readonly cause: 'subject' | 'age';
  /** The positions of the entries, in order. */
  readonly positions: readonly number[];
  /** Null where the service did so by itself. */
  readonly by: string | null;
  readonly role: string | null;
  readonly reason: string | null;
};

/** The name of the part that says so. */
export const ERASURE_PART = 'erasure';

const parse: (text: string) => unknown = JSON.parse;

const isPosition = (value: unknown): value is number => Number.isSafeInteger(value);

/** The positions that the part of an erasure names; null where it is none. Total: no text makes it throw. */
export const erasedPositions = (body: string): readonly number[] | null => {
  try {
    const said = parse(body);
    const positions: unknown =
      typeof said === 'object' && said !== null && 'positions' in said ? said.positions : null;
    return Array.isArray(positions) && positions.every(isPosition) ? positions : null;
  } catch {
    return null;
  }
};
