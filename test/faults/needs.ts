import { spawnSync } from 'node:child_process';
import { mountImage, mountMemory } from './mounts.js';
import type { Need } from './row.js';

const starts = (program: string, args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;

const works = (attempt: () => () => void): boolean => {
  try {
    attempt()();
    return true;
  } catch {
    return false;
  }
};

const TRIES: Readonly<Record<Need, () => boolean>> = {
  root: () => process.getuid?.() === 0,
  strace: () => starts('strace', ['-f', '-e', 'trace=none', '-o', '/dev/null', 'true']),
  mount: () => works(() => mountMemory('1m').remove),
  loop: () => works(() => mountImage().remove),
  prlimit: () => starts('prlimit', ['--fsize=unlimited', 'true']),
  faketime: () => starts('faketime', ['-f', '+1d', 'true']),
};

const WORDS: Readonly<Record<Need, string>> = {
  root: 'it must be run as root',
  strace: 'strace is not there, or may not trace',
  mount: 'no tmpfs can be mounted',
  loop: 'no ext4 image can be mounted by a loop device',
  prlimit: 'prlimit is not there',
  faketime: 'faketime is not there',
};

const known = new Map<Need, boolean>();

const isThere = (need: Need): boolean => {
  const there = known.get(need) ?? TRIES[need]();
  known.set(need, there);
  return there;
};

/** Why a row cannot run here, in words; null where it can. */
export const whyNotHere = (needs: readonly Need[]): string | null => {
  const missing = needs.find((need) => !isThere(need));
  return missing === undefined ? null : WORDS[missing];
};
