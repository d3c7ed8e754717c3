import type { EntryKind } from '../log/entry.js';

/** The kinds of entries whose payload is of a patient. Nothing else is ever erased. */
export const ERASABLE = [
  'decision',
  'feedback',
  'intake',
  'resolution',
] as const satisfies readonly EntryKind[];
