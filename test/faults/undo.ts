import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const pending = new Set<() => void>();

const undoAll = (): void => {
  for (const undo of [...pending].toReversed()) undo();
  pending.clear();
};

process.once('exit', undoAll);
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => {
    process.exit(code);
  });

/**
 * Remembers how to take something back, so that it is done even where the programme is stopped half-way.
 * @returns takes it back now; a second time does nothing
 */
export const undoing = (undo: () => void): (() => void) => {
  pending.add(undo);
  return () => {
    if (pending.delete(undo)) undo();
  };
};

/** A folder that is gone when the programme ends, or when it is taken back. */
export const temporary = (name: string): { readonly path: string; readonly remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), `ketamine-screening-${name}-`));
  return {
    path,
    remove: undoing(() => {
      rmSync(path, { recursive: true, force: true });
    }),
  };
};
