import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import type { Issue } from '../values/issue.js';
import { EXIT, VERDICT_EXIT, wrongUsage } from './exit-codes.js';
import { isBlank, linesOf, readWhole, type Line } from '../formats/ndjson/lines.js';
import { printable, type Output } from './output.js';
import type { Progress } from './progress.js';
import {
  footerJson,
  footerLines,
  NO_INTAKES,
  withFaults,
  withScreening,
  type Tally,
} from './screen-footer.js';
import { answerText, INTAKE_LIMIT, type IntakeScreener } from './screen-intake.js';
import type { LooseDecision } from '../services/loose-decision.js';
import { detailLines, tableHead, tableRow } from './verdict-table.js';

/** What is to be screened, by whom, and where the answers go. */
export type ScreenRun = {
  /** A path, or `-` for stdin. */
  readonly file: string;
  /** Whether each line is an intake; else the whole is one. */
  readonly ndjson: boolean;
  readonly exitByVerdict: boolean;
  readonly screener: IntakeScreener;
  readonly output: Output;
  readonly progress: Progress;
  /** Tells that no more is to be read. */
  readonly stop: AbortSignal;
};

const nameOf = ({ file }: ScreenRun): string => (file === '-' ? 'stdin' : file);

const tellFaults = (run: ScreenRun, line: number | null, issues: readonly Issue[]): void => {
  run.progress.clear();
  if (run.output.json) {
    run.output.say(JSON.stringify({ ...(line === null ? {} : { line }), errors: issues }));
    return;
  }
  const place = line === null ? nameOf(run) : `${nameOf(run)}:${line}`;
  for (const { pointer, code, detail } of issues)
    run.output.say(printable(`${place}: ${pointer === '' ? '' : `${pointer} `}[${code}] ${detail}`));
};

const tellFooter = ({ output, progress, stop }: ScreenRun, tally: Tally): void => {
  progress.clear();
  if (output.json) output.say(footerJson(tally, stop.aborted));
  else for (const line of ['', ...footerLines(tally, stop.aborted)]) output.say(line);
};

const answerOne = async ({ output }: ScreenRun, decision: LooseDecision): Promise<void> => {
  if (output.json) {
    await output.answer(answerText(decision));
    return;
  }
  const lines = [tableHead(false), tableRow(decision, null), ...detailLines(decision)];
  await output.answer(lines.join('\n'));
};

const screenOne = async (run: ScreenRun, stream: Readable): Promise<number> => {
  const result = run.screener(await readWhole(stream, INTAKE_LIMIT));
  if (!result.ok) {
    tellFaults(run, null, result.issues);
    const mayBeLines = result.issues.some(({ code }) => code === 'not-json' || code === 'too-long');
    if (mayBeLines && !run.output.json) run.output.say('Where each line is an intake, add --ndjson.');
    return EXIT.fault;
  }
  await answerOne(run, result.value);
  tellFooter(run, withScreening(NO_INTAKES, result.value));
  return run.exitByVerdict ? VERDICT_EXIT[result.value.screening.verdict] : EXIT.ok;
};

const screenLine = async (run: ScreenRun, { bytes, number }: Line, tally: Tally): Promise<Tally> => {
  const result = run.screener(bytes);
  if (!result.ok) {
    tellFaults(run, number, result.issues);
    return withFaults(tally);
  }
  run.progress.clear();
  await run.output.answer(run.output.json ? answerText(result.value) : tableRow(result.value, number));
  return withScreening(tally, result.value);
};

/** Screens line by line, and gives the tally so far after each line. */
async function* tallies(run: ScreenRun, stream: Readable): AsyncGenerator<Tally, void, void> {
  let tally = NO_INTAKES;
  try {
    for await (const line of linesOf(stream, INTAKE_LIMIT)) {
      if (run.stop.aborted) return;
      if (isBlank(line)) continue;
      tally = await screenLine(run, line, tally);
      yield tally;
    }
  } catch (error) {
    if (!run.stop.aborted) throw error;
  }
}

const screenLines = async (run: ScreenRun, stream: Readable): Promise<number> => {
  if (!run.output.json) await run.output.answer(tableHead(true));
  let tally = NO_INTAKES;
  for await (tally of tallies(run, stream))
    run.progress.tell(() => `${tally.screened} screened, ${tally.faulty} with faults`);
  tellFooter(run, tally);
  if (run.stop.aborted) return EXIT.interrupted;
  return tally.faulty === 0 ? EXIT.ok : EXIT.fault;
};

const isSystemError = (
  error: unknown,
): error is Error & { readonly code: string; readonly syscall: string } =>
  error instanceof Error && 'syscall' in error && 'code' in error;

/**
 * Screens a file or stdin: one intake, or one a line in memory that does not grow with the number of lines. Nothing is stored.
 * @returns the exit code
 * @throws CommandError where the input cannot be read
 */
export const runScreen = async (run: ScreenRun): Promise<number> => {
  const stream = addAbortSignal(run.stop, run.file === '-' ? process.stdin : createReadStream(run.file));
  try {
    return await (run.ndjson ? screenLines(run, stream) : screenOne(run, stream));
  } catch (error) {
    if (run.stop.aborted) return EXIT.interrupted;
    if (!isSystemError(error)) throw error;
    throw wrongUsage(`${nameOf(run)} cannot be read (${error.code})`);
  }
};
