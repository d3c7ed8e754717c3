import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalBody, logicFingerprintOf } from '../rules/fingerprint.js';
import { parseRuleSet } from '../rules/parse.js';
import { parseVersion, stepBetween } from '../rules/release/version-number.js';
import { fileSchemas, type ReleaseEntry } from '../rules/rule-files.js';
import type { RuleSet } from '../rules/rule-set.js';
import { readJson } from '../values/read-json.js';
import { readRuleFile, type FileIssue } from './rule-file.js';

/** A released version, what the index says of its release, and the text of its signature file; null where it has none. */
export type Release = {
  readonly ruleSet: RuleSet;
  readonly entry: ReleaseEntry;
  readonly signature: string | null;
};

/** The releases of a rule set, oldest first, or every mistake in their files. */
export type ReleasesRead =
  | { readonly ok: true; readonly releases: readonly Release[] }
  | { readonly ok: false; readonly issues: readonly FileIssue[] };

/** The folder of the releases inside that of a rule set. */
export const RELEASES = 'releases';

const INDEX = `${RELEASES}/index.json`;

const fileOf = (version: string): string => `${RELEASES}/${version}.json`;

/** The file in the folder of a rule set in which a version is signed. */
export const signatureFileOf = (version: string): string => `${RELEASES}/${version}.sig`;

const changed = (version: string): FileIssue => ({
  file: fileOf(version),
  pointer: '',
  code: 'release-changed',
  detail:
    'is not what was released: put the file back as it was, and make a new version for what has to change',
});

const isAsReleased = ({ body, sha256 }: RuleSet, entry: ReleaseEntry, bytes: Buffer): boolean =>
  body.version === entry.version &&
  sha256 === entry.sha256 &&
  logicFingerprintOf(body) === entry.logicSha256 &&
  bytes.equals(Buffer.from(canonicalBody(body)));

type Read = { readonly release: Release | null; readonly issues: readonly FileIssue[] };

const refused = (issue: FileIssue): Read => ({ release: null, issues: [issue] });

/** Reads what is signed and by whom, as it stands there: whether it holds is not asked here. */
const readSignature = (folder: string, version: string): string | null => {
  const file = join(folder, signatureFileOf(version));
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
};

/** Reads a released version: its very bytes must be the canonical text of what the index names. */
const readRelease = (folder: string, entry: ReleaseEntry): Read => {
  const file = fileOf(entry.version);
  if (!existsSync(join(folder, file)))
    return refused({
      file,
      pointer: '',
      code: 'file-missing',
      detail: 'was released and is not there: put it back',
    });
  const bytes = readFileSync(join(folder, file));
  const json = readJson(bytes);
  const parsed = json.ok ? parseRuleSet(json.value) : null;
  if (parsed?.ok !== true || !isAsReleased(parsed.value, entry, bytes))
    return refused(changed(entry.version));
  const signature = readSignature(folder, entry.version);
  return { release: { ruleSet: parsed.value, entry, signature }, issues: [] };
};

/** What is wrong with the place of an entry in the index: each version follows the one before it by one step. */
const orderIssues = (entries: readonly ReleaseEntry[]): readonly FileIssue[] =>
  entries.flatMap(({ version, supersedes }, index) => {
    const before = entries[index - 1]?.version ?? null;
    const number = before === null ? null : parseVersion(before);
    const follows = number === null ? parseVersion(version) !== null : stepBetween(number, version) !== null;
    if (follows && supersedes === before) return [];
    const after = before === null ? 'is the first one' : `follows ${before} by one step, and supersedes it`;
    const detail = `\`${version}\` must be a version that ${after}`;
    return [{ file: INDEX, pointer: `/releases/${String(index)}`, code: 'bad-version' as const, detail }];
  });

const strayFiles = (folder: string, entries: readonly ReleaseEntry[]): readonly FileIssue[] => {
  const expected = new Set([
    'index.json',
    ...entries.flatMap(({ version }) => [`${version}.json`, `${version}.md`, `${version}.sig`]),
  ]);
  return readdirSync(join(folder, RELEASES))
    .filter((name) => !expected.has(name))
    .map((name) => ({
      file: `${RELEASES}/${name}`,
      pointer: '',
      code: 'file-unexpected' as const,
      detail: 'is no release of the index: remove it',
    }));
};

/** Reads every release of a rule set. A set that was never released has none. */
export const readReleases = (folder: string): ReleasesRead => {
  if (!existsSync(join(folder, RELEASES))) return { ok: true, releases: [] };
  const index = readRuleFile(folder, INDEX, fileSchemas.releases);
  if (!index.ok) return { ok: false, issues: index.issues };
  const entries = index.content.releases;
  const reads = entries.map((entry) => readRelease(folder, entry));
  const issues = [
    ...orderIssues(entries),
    ...strayFiles(folder, entries),
    ...reads.flatMap((read) => read.issues),
  ];
  if (issues.length > 0) return { ok: false, issues };
  return { ok: true, releases: reads.map(({ release }) => release).filter((release) => release !== null) };
};
