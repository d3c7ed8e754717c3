import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './mutants.js';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

const PARTS = [
  'src',
  'test',
  'rules',
  'migrations',
  'examples',
  'openapi.yaml',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
] as const;

/** Does something in a copy of the project that is gone afterwards. Packages are not copied but linked to. */
export const inCopy = <T>(work: (folder: string) => T): T => {
  mkdirSync(join(PROJECT, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(PROJECT, '.cache/mutant-'));
  try {
    for (const part of PARTS) cpSync(join(PROJECT, part), join(folder, part), { recursive: true });
    symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'), 'dir');
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/**
 * Plants a bug in a copy of the project.
 * @throws Error where the text to be replaced does not stand in its file exactly once: the bug must then be planted anew
 */
export const plant = (folder: string, { bug, file, from, to }: Mutant): void => {
  const path = join(folder, file);
  const parts = readFileSync(path, 'utf8').split(from);
  if (parts.length !== 2)
    throw new Error(
      `${bug}: the text to be replaced stands ${String(parts.length - 1)} times in ${file}: ${from}`,
    );
  writeFileSync(path, parts.join(to));
};
