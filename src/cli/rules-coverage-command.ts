import type { CoverageFile } from '../rules/rule-files.js';
import type { RuleFolder } from '../storage/rule-folder.js';
import { withFolders } from './rules-commands.js';
import type { Outcome, Style } from './rules-outcome.js';

type Row = CoverageFile['rows'][number];

const cell = (text: string): string => text.replaceAll('|', '\\|');

const answerOf = ({ rules, why }: Row): string => {
  const named = rules.map((rule) => `\`${rule}\``).join(', ');
  if (why === undefined) return named;
  return named === '' ? `no rule: ${why}` : `${named} (${why})`;
};

const tableOf = ({ domain, rows }: CoverageFile): readonly string[] => [
  `### ${domain}`,
  '',
  '| finding | tier | rules |',
  '| --- | --- | --- |',
  ...rows.map((row) => `| ${cell(row.finding)} | ${row.tier} | ${cell(answerOf(row))} |`),
  '',
];

const countsOf = ({ ruleSet, coverage }: RuleFolder): string => {
  const rows = coverage.flatMap((file) => file.rows);
  const reasoned = rows.filter(({ rules }) => rules.length === 0).length;
  return `${ruleSet.body.id} ${ruleSet.body.version}: ${String(rows.length)} rows of the evidence in ${String(coverage.length)} domains, ${String(rows.length - reasoned)} answered by rules, ${String(reasoned)} by a reason`;
};

/** `rules coverage`: each row of the evidence with the rules that answer it, or the reason why there is none, as tables in Markdown. */
export const coverageCommand = (rulesDir: string, style: Style): Outcome =>
  withFolders(rulesDir, style, (folders) => ({
    lines: folders.flatMap((folder) => [...folder.coverage.flatMap(tableOf), countsOf(folder)]),
    json: {
      items: folders.map(({ ruleSet, coverage }) => ({
        id: ruleSet.body.id,
        version: ruleSet.body.version,
        domains: coverage.map(({ domain, rows }) => ({ domain, rows: rows.map((row) => ({ ...row })) })),
      })),
    },
    exitCode: 0,
  }));
