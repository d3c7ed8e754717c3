import type { Verdict } from '../screening/decide.js';

/**
 * How a command ends, for scripts to branch on (docs/cli.md). A code never takes another meaning. The last two are those that a shell
 * gives a command that a signal ended: 128 and the number of SIGINT or SIGPIPE.
 */
export const EXIT = {
  ok: 0,
  fault: 1,
  usage: 2,
  cannotStart: 3,
  interrupted: 130,
  brokenPipe: 141,
} as const;

/** How `screen --exit-verdict` ends for each verdict. None of them is a code that says something else. */
export const VERDICT_EXIT: Readonly<Record<Verdict, number>> = {
  eligible: 10,
  review: 11,
  incomplete: 12,
  ineligible: 13,
};

/** What is wrong, in a word that scripts may branch on and a line that says what to do. */
export type CommandFault = { readonly code: string; readonly detail: string };

/** A command cannot go on. It says why, every fault at once, and how it ends. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;
  readonly faults: readonly CommandFault[];

  constructor(exitCode: number, faults: readonly CommandFault[]) {
    super(faults.map(({ detail }) => detail).join('\n'));
    this.exitCode = exitCode;
    this.faults = faults;
  }
}

/** The command was called in a way that it cannot mean. */
export const wrongUsage = (detail: string): CommandError =>
  new CommandError(EXIT.usage, [{ code: 'wrong-usage', detail }]);
