import { basename } from 'node:path';
import { STRENGTHS, UNSEEN, type Strength } from './numbers.js';
import {
  checkOf,
  kindOf,
  listedIn,
  numbersOf,
  reasonOf,
  strengthOf,
  type Kind,
  type Row,
  type Topic,
} from './row.js';

const HEAD = `# Conformance with CDS Hooks

Made by the tests: do not write here. What a CDS service must do, should do and may do by CDS Hooks 2.0, and how this service stands to it.

- **Numbers** are those of the public list of requirements of CDS Hooks 2.0 that the Inferno test kits use (\`cds-hooks_2.0\`); those of the library (\`cds-hooks-library_1.0.1\`) are about the contexts of hooks. The words are ours.
- **(client)** marks what binds the client: then the row says what the service does with it. Rows without a number are what clients were seen to send, good practice, or the coming version 3.0.
- **Shown by** links the row, which is a test: it runs the service and speaks HTTP with it, under the number and the words of the row (\`npx vitest run test/conformance/requirements.test.ts\`). A second link leads to tests that go deeper.
- Requirements of guides that build upon CDS Hooks, such as those of payers, are not looked at.`;

const KINDS: readonly Kind[] = ['shown', 'shown otherwise', 'not met', 'does not apply'];

const tableOf = (head: readonly string[], lines: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const linkTo = (file: string): string => `[${basename(file, '.ts')}](../${file})`;

/** How many of a strength that bind a service are each kind. */
const countsOf = (strength: Strength, rows: readonly Row[]): readonly number[] => {
  const kinds = rows.flatMap((row) =>
    listedIn(row)
      .filter((listed) => listed.strength === strength && listed.bindsService)
      .map(() => kindOf(row)),
  );
  return KINDS.map((kind) => kinds.filter((one) => one === kind).length);
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const summaryOf = (rows: readonly Row[]): string => {
  const counted = STRENGTHS.map((strength) => [strength, countsOf(strength, rows)] as const);
  const lines = [
    ...counted,
    ['**all**', KINDS.map((_kind, at) => sum(counted.map(([, counts]) => counts[at] ?? 0)))] as const,
  ].map(([name, counts]) => [name, sum(counts), ...counts].map(String));
  const clients = rows.flatMap(listedIn).filter(({ bindsService }) => !bindsService).length;
  const unnumbered = rows.filter((row) => listedIn(row).length === 0);
  const kinds = KINDS.map((kind) => `${unnumbered.filter((row) => kindOf(row) === kind).length} ${kind}`);
  return [
    '## In numbers',
    `Requirements that bind a service, one a number:`,
    tableOf(['strength', 'in all', ...KINDS], lines),
    `Beside them: ${clients} numbers that bind the client and of which the service sees something; ${unnumbered.length} rows without a number (${kinds.join(', ')}).`,
    `Nothing is seen here of the numbers ${UNSEEN.replaceAll('-', '–')}, which bind the client alone.`,
  ].join('\n\n');
};

const standingOf = (row: Row, file: string): string => {
  const links = [...(checkOf(row) === null ? [] : [file]), ...('also' in row ? [row.also] : [])].map(linkTo);
  const reason = reasonOf(row);
  return [...(reason === null ? [] : [`**${kindOf(row)}**: ${reason}`]), links.join(', ')].join(' ').trim();
};

const sectionOf = ({ name, file, rows }: Topic): string =>
  [
    `## ${name}`,
    tableOf(
      ['number', 'strength', 'what it asks', 'shown by, or why not'],
      rows.map((row) => [numbersOf(row), strengthOf(row), row.says, standingOf(row, file)]),
    ),
  ].join('\n\n');

const openOf = (rows: readonly Row[]): string => {
  const open = rows.filter((row) => kindOf(row) === 'not met');
  const items = open.map((row) => {
    const numbers = numbersOf(row);
    const name = numbers === '' ? strengthOf(row) : `${numbers}, ${strengthOf(row)}`;
    return `- **${name}**: ${row.says} *${reasonOf(row) ?? ''}*`;
  });
  return ['## What is not met', ...(items.length === 0 ? ['Nothing.'] : [items.join('\n')])].join('\n\n');
};

/** Where the page is committed. */
export const PAGE = 'docs/cds-hooks-conformance.md';

/** The page, made of the rows and of nothing else. */
export const pageOf = (topics: readonly Topic[]): string => {
  const rows = topics.flatMap((topic) => topic.rows);
  return [HEAD, summaryOf(rows), openOf(rows), ...topics.map(sectionOf), ''].join('\n\n').trimEnd() + '\n';
};
