import { writeFileSync } from 'node:fs';
import type { Book } from '../formats/book/book.js';
import { writeBook } from '../formats/book/write-book.js';
import type { RuleSet } from '../rules/rule-set.js';
import { NOT_APPROVED } from '../rules/approval.js';
import type { RuleFolder } from '../storage/rule-folder.js';
import { wrongUsage } from './exit-codes.js';
import { loadRuleFolders } from './load-rules.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';
import { errorCodeOf } from '../values/error-code.js';

/** Of which version a book is made, and where it goes. */
export type DocsAsked = {
  readonly set: string;
  /** Null is the draft, or the newest release where there is none. */
  readonly version: string | null;
  /** The file that is written; null is stdout. */
  readonly out: string | null;
};

const bookOf = ({ ruleSet, cases, releases }: RuleFolder, version: string | null): Book | null => {
  // A book is made without the log of a service, which alone knows who has approved what.
  const approval = `${NOT_APPROVED}, unless the log of a service says so`;
  if (version === null || version === ruleSet.body.version)
    return { ruleSet, approval, releasedOn: null, cases };
  const release = releases.find(({ entry }) => entry.version === version);
  return release === undefined
    ? null
    : { ruleSet: release.ruleSet, approval, releasedOn: release.entry.releasedOn, cases: null };
};

const findBook = (rulesDir: string, { set, version }: DocsAsked): Book => {
  const folder = loadRuleFolders(rulesDir).find(({ ruleSet }) => ruleSet.body.id === set);
  if (folder === undefined) throw wrongUsage(`there is no rule set \`${set}\`: see \`rules list\``);
  const book = bookOf(folder, version);
  if (book === null) throw wrongUsage(`\`${set}\` has no version ${String(version)}: see \`rules list\``);
  return book;
};

const write = (file: string, text: string): void => {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw wrongUsage(`${file} cannot be written (${errorCodeOf(error)})`);
  }
};

const writtenTo = (file: string, { body, sha256 }: RuleSet, style: Style): Outcome => {
  const { id, version } = body;
  const sizes = { rules: body.rules.length, facts: body.facts.length, sources: body.sources.length };
  const inWords = Object.entries(sizes).map(([name, count]) => `${String(count)} ${name}`);
  return outcomeOf(
    {
      lines: [`${file}: ${id} ${version}, ${inWords.join(', ')}`],
      json: { written: file, id, version, sha256, ...sizes },
      exitCode: 0,
    },
    style,
  );
};

/**
 * `rules docs`: a rule-set version as one HTML page for those who review it, on stdout or in a file.
 * @throws CommandError where the rules have mistakes, the version is not there, the file cannot be written, or a program asks for HTML as JSON
 */
export const docsCommand = (rulesDir: string, asked: DocsAsked, style: Style): Outcome => {
  if (asked.out === null && style === 'json')
    throw wrongUsage('a book is HTML, not JSON: say with --out where it is to be written');
  const book = findBook(rulesDir, asked);
  const page = writeBook(book);
  if (asked.out === null) return { lines: [page], exitCode: 0 };
  write(asked.out, `${page}\n`);
  return writtenTo(asked.out, book.ruleSet, style);
};
