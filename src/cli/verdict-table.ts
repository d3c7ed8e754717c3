import type { Missing } from '../screening/missing.js';
import type { Reason } from '../screening/screen.js';
import { factOf, indexFacts } from '../rules/dictionary.js';
import { formatInstant } from '../values/instant.js';
import { printable } from './output.js';
import type { LooseDecision } from '../services/loose-decision.js';

type Column = { readonly title: string; readonly width: number };

/** Fixed widths: a table of a million rows is written row by row. The last column takes what is left. */
const COLUMNS: readonly Column[] = [
  { title: 'SUBJECT', width: 24 },
  { title: 'VERDICT', width: 10 },
  { title: 'MISSING', width: 7 },
  { title: 'VALID UNTIL', width: 28 },
  { title: 'REASONS', width: 0 },
];

const LINE_COLUMN: Column = { title: 'LINE', width: 6 };

const cell = (text: string, width: number): string => {
  const characters = Array.from(printable(text));
  const kept = width > 0 && characters.length > width ? [...characters.slice(0, width - 1), '…'] : characters;
  return kept.join('') + ' '.repeat(Math.max(0, width - kept.length));
};

const rowOf = (columns: readonly Column[], texts: readonly string[]): string =>
  columns
    .map(({ width }, index) => cell(texts[index] ?? '', width))
    .join('  ')
    .trimEnd();

const untilOf = ({ screening, evaluatedAt }: LooseDecision): string => {
  const until = screening.validUntil;
  if (until === null) return '-';
  return `${formatInstant(until)}${until.epochMs <= evaluatedAt.epochMs ? ' expired' : ''}`;
};

const textsOf = (decision: LooseDecision): readonly string[] => {
  const { screening } = decision;
  const reasons = screening.reasons.map(({ rule }) => rule.id).join(', ');
  return [
    decision.subject ?? '-',
    screening.verdict,
    String(screening.missing.length),
    untilOf(decision),
    reasons === '' ? '-' : reasons,
  ];
};

/** The head of the table; with the numbers of lines where many intakes are screened. */
export const tableHead = (numbered: boolean): string => {
  const columns = numbered ? [LINE_COLUMN, ...COLUMNS] : COLUMNS;
  return rowOf(
    columns,
    columns.map(({ title }) => title),
  );
};

/** The row of a screening: who, the verdict, how much is missing, until when it holds, and the rules that are its reasons. */
export const tableRow = (decision: LooseDecision, line: number | null): string =>
  line === null
    ? rowOf(COLUMNS, textsOf(decision))
    : rowOf([LINE_COLUMN, ...COLUMNS], [String(line), ...textsOf(decision)]);

const listed = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

const reasonLines = ({ rule }: Reason): readonly string[] => [
  `  ${rule.severity}: ${rule.title} (${rule.id})`,
  `    ${rule.action}`,
];

const missingLines =
  ({ ruleSet }: LooseDecision) =>
  ({ fact, couldMake, reason }: Missing): readonly string[] => {
    const entry = factOf(indexFacts(ruleSet.body.facts), fact);
    const asked =
      entry.type === 'derived' ? [] : [entry.question, ...(entry.help === undefined ? [] : [entry.help])];
    return [`  could make it ${couldMake}: ${fact} (${reason})`, ...asked.map((line) => `    ${line}`)];
  };

/** What a clinician wants to read beside one verdict: why, with what care, and what to ask next. Empty where there is nothing to say. */
export const detailLines = (decision: LooseDecision): readonly string[] => {
  const { reasons, precautions, missing } = decision.screening;
  const quality = decision.dataQuality.map(({ pointer, detail }) => `  ${pointer}: ${detail}`);
  return [
    ...listed('Reasons', reasons.flatMap(reasonLines)),
    ...listed('Precautions', precautions.flatMap(reasonLines)),
    ...listed('To ask next', missing.flatMap(missingLines(decision))),
    ...listed('Data quality', quality),
  ].map(printable);
};
