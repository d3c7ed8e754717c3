import { resolve } from 'node:path';
import { CLI, runShell } from './cli-run.js';

/** Runs a line of a page, in which `npx ketamine-screening` is the built command, in a copy of a checkout. Both its outputs come together. */
export const runIn = async (folder: string, command: string): Promise<string> => {
  const script = `exec 2>&1
npx() { shift; '${process.execPath}' '${resolve(CLI)}' "$@"; }
cd '${folder}'
${command}`;
  return (await runShell(script)).stdout;
};
