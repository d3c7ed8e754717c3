import type { Row } from './row.js';
import { hasFailed, MUST_BE_ZERO, type Tally } from './tally.js';
import type { TwinFate } from './twin.js';

/** What became of a row. */
export type Outcome =
  | { readonly kind: 'ran'; readonly tally: Tally; readonly seconds: number; readonly twin: TwinFate }
  | { readonly kind: 'fell-over'; readonly why: string }
  | { readonly kind: 'skipped'; readonly why: string };

/** A row and what became of it. */
export type Told = { readonly row: Row; readonly outcome: Outcome };

const COLUMNS = [
  'rounds',
  'acknowledged',
  'lost',
  'changed',
  'inputs',
  'unexpected5xx',
  'hangs',
  'leaks',
  'wrong',
] as const;

const HEADS: Readonly<Record<(typeof COLUMNS)[number], string>> = {
  rounds: 'rounds',
  acknowledged: 'acked',
  lost: 'lost',
  changed: 'changed',
  inputs: 'inputs',
  unexpected5xx: '5xx',
  hangs: 'hangs',
  leaks: 'leaks',
  wrong: 'wrong',
};

const TITLE_WIDTH = 40;

const line = (id: string, title: string, cells: readonly string[]): string =>
  `${id.padEnd(5)}| ${title.padEnd(TITLE_WIDTH)}| ${cells.join(' | ')}`;

/** The head of the table. */
export const headLine = (): string =>
  line('id', 'what', [...COLUMNS.map((column) => HEADS[column].padStart(7)), 'seconds', 'broken twin']);

const TWIN_WORDS: Readonly<Record<TwinFate['kind'], string>> = {
  caught: 'caught',
  'not-caught': 'NOT CAUGHT',
  none: 'none planted',
};

const twinText = (twin: TwinFate): string => {
  const what = twin.kind === 'caught' ? twin.how : twin.kind === 'not-caught' ? twin.why : '';
  return what === '' ? TWIN_WORDS[twin.kind] : `${TWIN_WORDS[twin.kind]} (${what.split('\n')[0] ?? ''})`;
};

/** The line of a row. */
export const rowLine = ({ row, outcome }: Told): string => {
  if (outcome.kind === 'skipped') return line(row.id, row.title, [`SKIPPED: ${outcome.why}`]);
  if (outcome.kind === 'fell-over') return line(row.id, row.title, [`FELL OVER: ${outcome.why}`]);
  const { tally, seconds, twin } = outcome;
  const figures = COLUMNS.map((column) => String(tally[column]).padStart(7));
  return line(row.id, row.title, [...figures, seconds.toFixed(1).padStart(7), twinText(twin)]);
};

/** Why a row fails the programme; none where it does not. */
export const whyFailed = ({ row, outcome }: Told): readonly string[] => {
  if (outcome.kind === 'skipped') return [];
  if (outcome.kind === 'fell-over') return [`${row.id} fell over: ${outcome.why}`];
  const { tally, twin } = outcome;
  const zeros = MUST_BE_ZERO.filter((zero) => tally[zero] > 0).map(
    (zero) => `${zero} ${String(tally[zero])}`,
  );
  return [
    ...(hasFailed(tally) ? [`${row.id} has ${zeros.join(', ')}, which must be 0`, ...tally.reasons] : []),
    ...(tally.inconclusive === null ? [] : [`${row.id} is inconclusive: ${tally.inconclusive}`]),
    ...(twin.kind === 'not-caught' ? [`${row.id} does not catch its broken twin: ${twin.why}`] : []),
  ];
};
