import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleLibrary } from '../services/ports.js';
import type { ReleaseTrust } from '../services/release-trust.js';
import { signatureFileOf } from './release-folder.js';
import type { FileIssue } from './rule-file.js';
import { readRuleFolder, type RuleFolder } from './rule-folder.js';

/** Every rule set of a folder, one folder a set; or every mistake in any of them, and then none of them. */
export type LibraryRead =
  | { readonly ok: true; readonly folders: readonly RuleFolder[] }
  | { readonly ok: false; readonly issues: readonly FileIssue[] };

/** Looks at no signature: for those who only read rules. */
const ANY_RELEASE: ReleaseTrust = { isKeyed: false, whyRefused: () => null };

const foldersIn = (rulesDir: string): readonly string[] =>
  readdirSync(rulesDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();

const DRAFT_ALONE: FileIssue = {
  file: 'rule-set.json',
  pointer: '/version',
  code: 'bad-signature',
  detail:
    'is a draft, and RELEASE_KEY takes signed releases only: release and sign it (`rules release`, `rules sign`), or remove the set',
};

/** What stands against taking the versions of a set that has no other mistake. */
const trustIssues = (
  { releases }: RuleFolder,
  { isKeyed, whyRefused }: ReleaseTrust,
): readonly FileIssue[] => {
  if (isKeyed && releases.length === 0) return [DRAFT_ALONE];
  return releases.flatMap(({ ruleSet: { body, sha256 }, signature }): readonly FileIssue[] => {
    const detail = whyRefused({ set: body.id, version: body.version, sha256, signature });
    const file = signatureFileOf(body.version);
    return detail === null ? [] : [{ file, pointer: '', code: 'bad-signature', detail }];
  });
};

/**
 * Reads every rule set of the rules folder, whole or not at all.
 * @param trust which releases are taken; one that is not is a mistake like any other
 */
export const readRuleLibrary = (rulesDir: string, trust: ReleaseTrust = ANY_RELEASE): LibraryRead => {
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
    (read.ok ? trustIssues(read.value, trust) : read.issues).map((issue) => ({
      ...issue,
      file: `${name}/${issue.file}`,
    })),
  );
  if (issues.length > 0) return { ok: false, issues };
  return { ok: true, folders: reads.flatMap(({ read }) => (read.ok ? [read.value] : [])) };
};

/**
 * The versions of some folders as a library: of each set its releases, oldest first, and then the draft.
 * @param trust by which the folders were read; where a key must have signed what is taken, no draft is in the library
 */
export const ruleLibraryOf = (
  folders: readonly RuleFolder[],
  trust: ReleaseTrust = ANY_RELEASE,
): RuleLibrary => {
  const all = folders.flatMap(({ ruleSet, releases }) => [
    ...releases.map((release) => release.ruleSet),
    ...(trust.isKeyed ? [] : [ruleSet]),
  ]);
  const releases = folders.flatMap((folder) => folder.releases);
  return {
    all: () => all,
    releasedOn: (sha256) => releases.find(({ entry }) => entry.sha256 === sha256)?.entry.releasedOn ?? null,
    signatureOf: (sha256) => releases.find(({ entry }) => entry.sha256 === sha256)?.signature ?? null,
    trust,
    find: (id, version) => all.find(({ body }) => body.id === id && body.version === version) ?? null,
  };
};
