import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileSchemas, type CoverageFile } from '../rules/rule-files.js';
import type { Rule } from '../rules/rule.js';
import { pointerTo } from '../values/pointer.js';
import { readRuleFile, type FileIssue } from './rule-file.js';

/** What the evidence asks for, domain by domain, or every mistake in the files that say so. */
export type CoverageRead =
  | { readonly ok: true; readonly coverage: readonly CoverageFile[] }
  | { readonly ok: false; readonly issues: readonly FileIssue[] };

const COVERAGE = 'coverage';

const fileOf = (domain: string): string => `${COVERAGE}/${domain}.json`;

const strayFiles = (folder: string, packs: readonly string[]): readonly FileIssue[] =>
  readdirSync(join(folder, COVERAGE))
    .filter((name) => !packs.some((pack) => name === `${pack}.json`))
    .map((name) => ({
      file: `${COVERAGE}/${name}`,
      pointer: '',
      code: 'file-unexpected' as const,
      detail: 'is named for no pack: rename it, or remove it',
    }));

const mistake = (domain: string, pointer: string, rest: Pick<FileIssue, 'code' | 'detail'>): FileIssue => ({
  file: fileOf(domain),
  pointer,
  ...rest,
});

const unreasoned = {
  code: 'not-covered',
  detail: 'no rule answers this row: name one, or say under `why` why there is none',
} as const;

const rowIssues = ({ domain, rows }: CoverageFile, known: ReadonlySet<string>): readonly FileIssue[] =>
  rows.flatMap(({ rules, why }, index): readonly FileIssue[] => {
    const pointer = pointerTo('/rows', index);
    if (rules.length === 0) return why === undefined ? [mistake(domain, pointer, unreasoned)] : [];
    return rules.flatMap((rule, at) => {
      const detail = `there is no rule \`${rule}\`: correct its id`;
      const place = pointerTo(`${pointer}/rules`, at);
      return known.has(rule) ? [] : [mistake(domain, place, { code: 'unknown-rule', detail })];
    });
  });

const uncovered = (files: readonly CoverageFile[], rules: readonly Rule[]): readonly FileIssue[] => {
  const named = new Set(files.flatMap(({ rows }) => rows.flatMap((row) => row.rules)));
  return rules
    .filter(({ id }) => !named.has(id))
    .map(({ id, domain }) =>
      mistake(domain, '/rows', {
        code: 'not-covered',
        detail: `no row names the rule \`${id}\`: add the finding that it answers`,
      }),
    );
};

/**
 * Reads what the evidence asks for. A set that keeps no such table has none; one that does has a file for each of its packs, every row is
 * answered by rules that exist or by a reason, and every rule stands in some row.
 */
export const readCoverage = (
  folder: string,
  packs: readonly string[],
  rules: readonly Rule[],
): CoverageRead => {
  if (!existsSync(join(folder, COVERAGE))) return { ok: true, coverage: [] };
  const reads = packs.map((pack) => readRuleFile(folder, fileOf(pack), fileSchemas.coverage));
  const files = reads.flatMap((read) => (read.ok ? [read.content] : []));
  const known = new Set(rules.map(({ id }) => id));
  const issues = [
    ...strayFiles(folder, packs),
    ...reads.flatMap((read) => (read.ok ? [] : read.issues)),
    ...files.flatMap((file) => rowIssues(file, known)),
    ...(files.length === packs.length ? uncovered(files, rules) : []),
  ];
  return issues.length > 0 ? { ok: false, issues } : { ok: true, coverage: files };
};
