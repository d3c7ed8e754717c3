import { consistencyProof, inclusionProof, rootOf } from '../log/tree-proof.js';
import type { Consistency, Inclusion, TreeHead } from '../services/ports.js';
import type { LogReader } from './log-reader.js';

/** Whether the log once had a size: every size up to that of now, and the empty log. */
const hadSize = (reader: LogReader, size: number): boolean =>
  Number.isSafeInteger(size) && size >= 0 && size <= reader.size();

/** The head of the tree at a size, now where that is null; or null where the log never had it. */
export const headAt = (reader: LogReader, asked: number | null): TreeHead | null => {
  const size = asked ?? reader.size();
  return hadSize(reader, size) ? { size, root: rootOf(size, reader.nodeAt) } : null;
};

/** The proof that an entry is in the tree of a size, or null where there is none. */
export const inclusionIn = (reader: LogReader, position: number, size: number): Inclusion | null =>
  position >= 0 && position < size && hadSize(reader, size)
    ? { hashes: inclusionProof(position, size, reader.nodeAt), root: rootOf(size, reader.nodeAt) }
    : null;

/** The proof that the tree of one size begins with that of another, or null where there is none. */
export const consistencyIn = (reader: LogReader, from: number, to: number): Consistency | null =>
  from > 0 && from <= to && hadSize(reader, from) && hadSize(reader, to)
    ? {
        hashes: consistencyProof(from, to, reader.nodeAt),
        fromRoot: rootOf(from, reader.nodeAt),
        root: rootOf(to, reader.nodeAt),
      }
    : null;
