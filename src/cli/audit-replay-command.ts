import { NATIVE } from '../formats/intake/write-answer.js';
import type { Ports } from '../services/ports.js';
import { replaySpan, type ReplayStep, type Span } from '../services/replay-span.js';
import { faultJson, faultLines } from './audit-replay-fault.js';
import {
  isClean,
  NONE_AGAIN,
  summaryJson,
  summaryLines,
  withDecision,
  type Tally,
} from './audit-replay-tally.js';
import { EXIT } from './exit-codes.js';
import type { Output } from './output.js';
import type { Progress } from './progress.js';
import type { Site } from './site-event.js';
import { readOnSite } from './site-read.js';

/** The decisions of which time are made again, where that is told, and whether the values that differ are told too. */
export type AuditReplayRun = {
  readonly span: Span;
  readonly output: Output;
  readonly progress: Progress;
  readonly values: boolean;
};

/** Tells of each decision that is not as it was stored as soon as it is known, so that none has to be kept. */
const tellFaults = async (run: AuditReplayRun, { decisions }: ReplayStep): Promise<void> => {
  for (const again of decisions) {
    if (again.kind === 'identical' || again.kind === 'erased') continue;
    run.progress.clear();
    await run.output.answer(
      run.output.json
        ? JSON.stringify(faultJson(again, run.values))
        : faultLines(again, run.values).join('\n'),
    );
  }
};

const replayAll = async (run: AuditReplayRun, ports: Ports): Promise<Tally> => {
  let tally = NONE_AGAIN;
  for await (const step of replaySpan(run.span, { ports, write: NATIVE })) {
    await tellFaults(run, step);
    tally = step.decisions.reduce(withDecision, { ...tally, entries: step.size });
    run.progress.tell(() => `${step.passed} of ${step.size} entries read, ${tally.decisions} decisions`);
  }
  run.progress.clear();
  return tally;
};

/**
 * `audit replay`: makes every decision of a time again, tells of each that is not as it was stored, and ends with the counts.
 * @returns the exit code
 * @throws CommandError where the rules or the database cannot be used
 */
export const auditReplayCommand = async (site: Site, run: AuditReplayRun): Promise<number> =>
  readOnSite(site, async (ports) => {
    const tally = await replayAll(run, ports);
    const told = { tally, span: run.span, engine: ports.engine };
    await run.output.answer(
      run.output.json ? JSON.stringify(summaryJson(told)) : summaryLines(told).join('\n'),
    );
    return isClean(tally) ? EXIT.ok : EXIT.fault;
  });
