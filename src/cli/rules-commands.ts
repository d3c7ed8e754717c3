import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { publishedSchemas } from '../rules/published-schemas.js';
import type { RuleFolder } from '../storage/rule-folder.js';
import { readRulesFolder } from './load-rules.js';
import { listRuleSet, summariseRuleSet } from './rule-set-summary.js';
import { huntIn } from './mutate-rules.js';
import { outcomeOf, type Outcome, type Report, type Style } from './rules-outcome.js';

const mistakesIn = (count: number): string => (count === 1 ? '1 mistake' : `${String(count)} mistakes`);

/** Runs a command on the rule sets of a folder; tells every mistake in them instead, where there is one. */
export const withFolders = (
  rulesDir: string,
  style: Style,
  use: (folders: readonly RuleFolder[]) => Report,
): Outcome => {
  const read = readRulesFolder(rulesDir);
  if (read.ok) return outcomeOf(use(read.folders), style);
  const errors = read.issues.map(({ file, pointer, code, detail }) => ({
    file: join(rulesDir, file),
    pointer,
    code,
    detail,
  }));
  const lines = errors.map(({ file, pointer, code, detail }) =>
    [file, ...(pointer === '' ? [] : [pointer]), `[${code}]: ${detail}`].join(' '),
  );
  return outcomeOf({ lines: [...lines, mistakesIn(lines.length)], json: { errors }, exitCode: 1 }, style);
};

/** `rules check`: every mistake in the rule sets, or what they hold. @throws CommandError where the folder cannot be read */
export const checkRulesCommand = (rulesDir: string, style: Style = 'text'): Outcome =>
  withFolders(rulesDir, style, (folders) => {
    const summaries = folders.map(summariseRuleSet);
    return {
      lines: summaries.flatMap(({ lines }) => lines),
      json: { ruleSets: summaries.map(({ json }) => json) },
      exitCode: 0,
    };
  });

/** `rules list`: the rule sets with their versions. @throws CommandError where the folder cannot be read */
export const listRulesCommand = (rulesDir: string, style: Style = 'text'): Outcome =>
  withFolders(rulesDir, style, (folders) => {
    const listed = folders.flatMap(listRuleSet);
    return {
      lines: listed.map(({ line }) => line),
      json: { items: listed.map(({ json }) => json) },
      exitCode: 0,
    };
  });

/**
 * `rules test --mutate`: flips each comparison, operator, count, option and severity of every rule, and names each flip that none of the
 * rule's own cases tells from the rule.
 * @param tell hears how far it is
 * @throws CommandError where the folder cannot be read
 */
export const mutateRulesCommand = (
  rulesDir: string,
  style: Style,
  tell: (text: () => string) => void,
): Outcome =>
  withFolders(rulesDir, style, (folders) => {
    const hunts = folders.flatMap(({ ruleSet, cases }) =>
      cases.flatMap((file) =>
        ruleSet.body.rules
          .filter(({ id }) => id === file.rule)
          .map((rule) => {
            tell(() => `flipping ${rule.id}`);
            return huntIn(rule, file, ruleSet);
          }),
      ),
    );
    const tried = hunts.reduce((sum, hunt) => sum + hunt.tried, 0);
    const survivors = hunts.flatMap((hunt) => hunt.survivors);
    const seen = tried - survivors.length;
    const errors = survivors.map((survivor) => ({ code: 'flip-not-seen', ...survivor }));
    return {
      lines: [
        ...survivors.map(({ rule, flip }) => `${rule}: no case sees the flip: ${flip}`),
        `${String(seen)} of ${String(tried)} flips are seen by the cases of their rule`,
      ],
      json: { flips: tried, seen, ...(errors.length === 0 ? {} : { errors }) },
      exitCode: errors.length === 0 ? 0 : 1,
    };
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

const tellStale = (stale: readonly SchemaFile[]): Report => {
  const detail = 'is out of date: run `rules schemas`';
  const errors = stale.map(({ path }) => ({ file: path, code: 'schema-out-of-date', detail }));
  return {
    lines: stale.map(({ path }) => `${path} ${detail}`),
    json: stale.length === 0 ? { outOfDate: 0 } : { errors },
    exitCode: stale.length === 0 ? 0 : 1,
  };
};

const writeSchemas = (stale: readonly SchemaFile[]): Report => {
  stale.forEach(({ path, text }) => {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  });
  return {
    lines: [`${String(stale.length)} schemas written`],
    json: { written: stale.map(({ path }) => path) },
    exitCode: 0,
  };
};

/** `rules schemas`: writes the JSON Schemas that give an editor completion; with `check`, only says which are out of date. */
export const schemasCommand = (rulesDir: string, check: boolean, style: Style = 'text'): Outcome =>
  withFolders(rulesDir, style, (folders) => {
    const stale = schemaFiles(rulesDir, folders).filter(isStale);
    return check ? tellStale(stale) : writeSchemas(stale);
  });
