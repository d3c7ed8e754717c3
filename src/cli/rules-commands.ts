import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { publishedSchemas } from '../rules/published-schemas.js';
import { readRuleLibrary } from '../storage/rule-library.js';
import type { RuleFolder } from '../storage/rule-folder.js';
import { runCases } from './run-cases.js';

/** What a command prints, and the exit code that it ends with. */
export type Outcome = { readonly lines: readonly string[]; readonly exitCode: 0 | 1 };

const withFolders = (rulesDir: string, use: (folders: readonly RuleFolder[]) => Outcome): Outcome => {
  const read = readRuleLibrary(rulesDir);
  if (read.ok) return use(read.folders);
  const lines = read.issues.map(
    ({ file, pointer, detail, code }) => `${join(rulesDir, file)} ${pointer} [${code}]: ${detail}`,
  );
  return { lines: [...lines, `${String(lines.length)} mistakes`], exitCode: 1 };
};

const countOf = (items: readonly unknown[], noun: string): string => `${String(items.length)} ${noun}`;

const summaryOf = ({ ruleSet, cases }: RuleFolder): string => {
  const { body, sha256 } = ruleSet;
  const bySeverity = ['absolute', 'relative', 'precaution']
    .map((severity) =>
      countOf(
        body.rules.filter((rule) => rule.severity === severity),
        severity,
      ),
    )
    .join(', ');
  const all = cases.flatMap((file) => file.cases);
  return `${body.id} ${body.version}: ${countOf(body.rules, 'rules')} (${bySeverity}), ${countOf(body.facts, 'facts')}, ${countOf(body.sources, 'sources')}, ${countOf(all, 'cases')}, sha256 ${sha256}`;
};

const basisCounts = ({ ruleSet }: RuleFolder): string => {
  const citations = [ruleSet.body.scope, ...ruleSet.body.rules].flatMap((rule) => rule.citations);
  const counts = ['seen', 'general-knowledge', 'policy', 'to-check'].map((basis) =>
    countOf(
      citations.filter((citation) => citation.basis === basis),
      basis,
    ),
  );
  return `  citations: ${counts.join(', ')}`;
};

/** `rules check`: every mistake in the rule sets, or what they hold. */
export const checkRulesCommand = (rulesDir: string): Outcome =>
  withFolders(rulesDir, (folders) => ({
    lines: folders.flatMap((folder) => [summaryOf(folder), basisCounts(folder)]),
    exitCode: 0,
  }));

/** `rules test`: runs the cases beside every rule. */
export const testRulesCommand = (rulesDir: string): Outcome =>
  withFolders(rulesDir, (folders) => {
    const failures = folders.flatMap(({ ruleSet, cases }) => runCases(ruleSet, cases));
    const total = folders.flatMap(({ cases }) => cases.flatMap((file) => file.cases)).length;
    const lines = failures.map(({ rule, name, detail }) => `${rule}: ${name}: ${detail}`);
    const summary = `${String(total - failures.length)} of ${String(total)} cases hold`;
    return { lines: [...lines, summary], exitCode: failures.length === 0 ? 0 : 1 };
  });

type SchemaFile = { readonly path: string; readonly text: string };

const schemaFiles = (rulesDir: string, folders: readonly RuleFolder[]): readonly SchemaFile[] =>
  folders.flatMap(({ ruleSet }) =>
    Object.entries(publishedSchemas(ruleSet.body)).map(([name, schema]) => ({
      path: join(rulesDir, ruleSet.body.id, 'schema', name),
      text: `${JSON.stringify(schema, null, 2)}\n`,
    })),
  );

const isStale = ({ path, text }: SchemaFile): boolean =>
  !existsSync(path) || readFileSync(path, 'utf8') !== text;

/** `rules schemas`: writes the JSON Schemas that give an editor completion; with `check`, only says which are out of date. */
export const schemasCommand = (rulesDir: string, check: boolean): Outcome =>
  withFolders(rulesDir, (folders) => {
    const stale = schemaFiles(rulesDir, folders).filter(isStale);
    if (check)
      return {
        lines: stale.map(({ path }) => `${path} is out of date: run \`rules schemas\``),
        exitCode: stale.length === 0 ? 0 : 1,
      };
    stale.forEach(({ path, text }) => {
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, text);
    });
    return { lines: [`${String(stale.length)} schemas written`], exitCode: 0 };
  });
