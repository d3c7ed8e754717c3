import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 4 * 1024 * 1024;

/** Whether any of some byte strings stands in a file. It is read piece by piece, so its size does not matter. */
export const holdsAny = (file: string, traces: readonly Buffer[]): boolean => {
  const longest = Math.max(0, ...traces.map(({ length }) => length));
  const chunk = Buffer.alloc(CHUNK_BYTES + longest);
  const descriptor = openSync(file, 'r');
  try {
    let kept = 0;
    for (;;) {
      const read = readSync(descriptor, chunk, kept, CHUNK_BYTES, null);
      const piece = chunk.subarray(0, kept + read);
      if (traces.some((trace) => piece.includes(trace))) return true;
      if (read === 0) return false;
      // What was cut at the end of a piece is looked for with the next one.
      kept = Math.min(longest, piece.length);
      piece.copy(chunk, 0, piece.length - kept);
    }
  } finally {
    closeSync(descriptor);
  }
};
