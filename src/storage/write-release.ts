import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleaseEntry } from '../rules/rule-files.js';
import { RELEASES, signatureFileOf } from './release-folder.js';

/** What is written of a release: its body as canonical text, its note, what the index says of it, and the version of the next draft. */
export type ReleaseFiles = {
  readonly text: string;
  readonly note: string;
  /** All entries of the index, with the new one at the end. */
  readonly entries: readonly ReleaseEntry[];
  readonly nextDraft: string;
};

/** The first version in the file is that of the set: nothing else in it is touched, so that a reader sees one line change. */
const writeNextDraft = (folder: string, nextDraft: string): void => {
  const file = join(folder, 'rule-set.json');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/("version": )"[^"]*"/, `$1${JSON.stringify(nextDraft)}`));
};

/**
 * Writes a release into the folder of its rule set. A file of a release is never written over.
 * @throws Error `EEXIST` where a file of this version is there already
 */
export const writeRelease = (folder: string, { text, note, entries, nextDraft }: ReleaseFiles): void => {
  const version = entries.at(-1)?.version ?? '';
  const releases = join(folder, RELEASES);
  if (!existsSync(releases)) mkdirSync(releases);
  writeFileSync(join(releases, `${version}.json`), text, { flag: 'wx' });
  writeFileSync(join(releases, `${version}.md`), note, { flag: 'wx' });
  writeFileSync(join(releases, 'index.json'), `${JSON.stringify({ releases: entries }, null, 2)}\n`);
  writeNextDraft(folder, nextDraft);
};

/**
 * Writes the text of the signature file of a version into the folder of its rule set, whole or not at all: what stood there is there until then.
 * @returns the file
 * @throws Error with a `code` where the folder cannot be written
 */
export const writeSignature = (folder: string, version: string, text: string): string => {
  const file = join(folder, signatureFileOf(version));
  const beside = `${file}.new`;
  writeFileSync(beside, text, { flag: 'wx' });
  renameSync(beside, file);
  return file;
};
