import type { MadeAgain, Span } from '../services/replay-span.js';
import type { JsonObject } from '../values/json.js';

/** How many decisions were made again, and what came of them. It does not grow with their number. */
export type Tally = {
  /** How many entries the log had. */
  readonly entries: number;
  readonly decisions: number;
  readonly outcomes: Readonly<Record<MadeAgain['kind'], number>>;
};

/** The tally of nothing yet. */
export const NONE_AGAIN: Tally = {
  entries: 0,
  decisions: 0,
  outcomes: { identical: 0, differs: 0, damaged: 0, unfit: 0, 'version-gone': 0, erased: 0 },
};

/** The tally with one more decision. */
export const withDecision = ({ entries, decisions, outcomes }: Tally, { kind }: MadeAgain): Tally => ({
  entries,
  decisions: decisions + 1,
  outcomes: { ...outcomes, [kind]: outcomes[kind] + 1 },
});

/** Whether every decision came out as it was stored, but for those that were erased. */
export const isClean = ({ decisions, outcomes }: Tally): boolean =>
  outcomes.identical + outcomes.erased === decisions;

/** What the end of a run tells: the counts, of which time, and by which engine. */
export type Told = { readonly tally: Tally; readonly span: Span; readonly engine: string };

const spanText = ({ from, to }: Span): string =>
  [...(from === null ? [] : [` from ${from}`]), ...(to === null ? [] : [` before ${to}`])].join('');

/** The end of a run for people. */
export const summaryLines = ({ tally, span, engine }: Told): readonly string[] => {
  const { decisions, entries, outcomes } = tally;
  const counts: readonly (readonly [number, string])[] = [
    [outcomes.identical, 'identical'],
    [outcomes.differs, 'different'],
    [outcomes.damaged + outcomes.unfit, 'damaged or changed, so that no decision can be made of it'],
    [outcomes['version-gone'], 'of a version that is gone'],
    [outcomes.erased, 'erased, so that nothing is left to be made again'],
  ];
  const said = decisions === 1 ? '1 decision' : `${decisions} decisions`;
  return [
    `${said}${spanText(span)} among ${entries} entries of the log, made again by engine ${engine}:`,
    ...counts.map(([count, what]) => `  ${count} ${what}`),
    'Nothing was stored.',
  ];
};

/** The end of a run for programs. */
export const summaryJson = ({ tally, span, engine }: Told): JsonObject => ({
  summary: {
    entries: tally.entries,
    decisions: tally.decisions,
    identical: tally.outcomes.identical,
    differs: tally.outcomes.differs,
    damaged: tally.outcomes.damaged,
    unfit: tally.outcomes.unfit,
    versionGone: tally.outcomes['version-gone'],
    erased: tally.outcomes.erased,
    from: span.from,
    to: span.to,
    engine,
    stored: false,
  },
});
