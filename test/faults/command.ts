import { execFileSync } from 'node:child_process';

/** Runs a program of the system to its end; what it wrote. @throws Error where it fails */
export const command = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
