import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleLibrary } from '../services/ports.js';
import type { FileIssue } from './rule-file.js';
import { readRuleFolder, type RuleFolder } from './rule-folder.js';

/** Every rule set of a folder, one folder a set; or every mistake in any of them, and then none of them. */
export type LibraryRead =
  | { readonly ok: true; readonly folders: readonly RuleFolder[] }
  | { readonly ok: false; readonly issues: readonly FileIssue[] };

const foldersIn = (rulesDir: string): readonly string[] =>
  readdirSync(rulesDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();

/** Reads every rule set of the rules folder, whole or not at all. */
export const readRuleLibrary = (rulesDir: string): LibraryRead => {
  const names = existsSync(rulesDir) ? foldersIn(rulesDir) : [];
  if (names.length === 0)
    return {
      ok: false,
      issues: [
        {
          file: '.',
          pointer: '',
          code: 'file-missing',
          detail: 'the rules folder holds no rule set: set RULES_DIR',
        },
      ],
    };
  const reads = names.map((name) => ({ name, read: readRuleFolder(join(rulesDir, name)) }));
  const issues = reads.flatMap(({ name, read }) =>
    read.ok ? [] : read.issues.map((issue) => ({ ...issue, file: `${name}/${issue.file}` })),
  );
  if (issues.length > 0) return { ok: false, issues };
  return { ok: true, folders: reads.flatMap(({ read }) => (read.ok ? [read.value] : [])) };
};

/** The versions of some folders as a library: of each set its releases, oldest first, and then the draft. */
export const ruleLibraryOf = (folders: readonly RuleFolder[]): RuleLibrary => {
  const all = folders.flatMap(({ ruleSet, releases }) => [
    ...releases.map((release) => release.ruleSet),
    ruleSet,
  ]);
  const releases = folders.flatMap((folder) => folder.releases);
  return {
    all: () => all,
    releasedOn: (sha256) => releases.find(({ entry }) => entry.sha256 === sha256)?.entry.releasedOn ?? null,
    find: (id, version) => all.find(({ body }) => body.id === id && body.version === version) ?? null,
  };
};
