import { EXIT } from './exit-codes.js';
import type { Output } from './output.js';
import type { Outcome } from './rules-outcome.js';

/** Tells what a command came to: what it was asked for on stdout, and to programs what is wrong on stderr. @returns how it ends */
export const tellOutcome = async (output: Output, { lines, exitCode }: Outcome): Promise<number> => {
  if (output.json && exitCode !== EXIT.ok) lines.forEach(output.say);
  else if (lines.length > 0) await output.answer(lines.join('\n'));
  return exitCode;
};
