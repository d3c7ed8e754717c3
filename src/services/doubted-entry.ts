import { canonicalText } from '../log/canonical.js';
import type { Leaf } from '../log/leaf.js';
import type { OpenedParts } from '../log/verify-entry.js';
import type { JsonValue } from '../values/json.js';

/** The parts of a payload as a file shows them: JSON, each with its salt. */
export type ShownParts = Readonly<Record<string, { readonly salt: string; readonly value: JsonValue }>>;

/** An entry as a file shows it. All of it is doubted. */
export type ShownEntry = {
  readonly leafHash: string;
  readonly leaf: Leaf;
  readonly parts: ShownParts | null;
};

/** The parts as the log committed to them: each as its canonical text. */
export const openedParts = (parts: ShownParts | null): OpenedParts | null =>
  parts === null
    ? null
    : Object.fromEntries(
        Object.entries(parts).map(([name, { salt, value }]) => [name, { salt, body: canonicalText(value) }]),
      );
