import { once } from 'node:events';
import { EXIT, type CommandError } from './exit-codes.js';

/** Where a command writes. What it was asked for goes to stdout, everything else to stderr, so that a pipe carries answers only. */
export type Output = {
  /** Whether a program reads it: then each line is one JSON value, on stderr too. */
  readonly json: boolean;
  /** Writes a line to stdout, and waits where its reader is slower than this process. */
  readonly answer: (line: string) => Promise<void>;
  /** Writes a line to stderr. */
  readonly say: (line: string) => void;
};

/** Control characters, and those that change the direction of text or cannot be seen. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** A text from outside as it may stand on a terminal: nothing in it can move the cursor, hide a word or open a new line. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, '\uFFFD');

const isBrokenPipe = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EPIPE';

/**
 * Ends the process quietly where the reader of its output went away (`| head`), as any Unix command does. That of stderr counts too: a run
 * that has only faults to tell would else go on for nobody.
 */
export const endOnBrokenPipe = (): void => {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) => {
      if (!isBrokenPipe(error)) throw error;
      process.exit(EXIT.brokenPipe);
    });
};

/** The output of this process. */
export const processOutput = (json: boolean): Output => ({
  json,
  answer: async (line) => {
    if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
  },
  say: (line) => {
    process.stderr.write(`${line}\n`);
  },
});

/** Says why a command cannot go on: a line a fault for people, one JSON object for programs. */
export const sayError = (output: Output, { faults }: CommandError): void => {
  if (output.json) output.say(JSON.stringify({ errors: faults }));
  else for (const { detail } of faults) output.say(`ketamine-screening: ${detail}`);
};
