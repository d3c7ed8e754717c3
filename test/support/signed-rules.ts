import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signedRelease } from '../../src/log/release-signature.js';
import type { NoteSigner } from '../../src/log/signed-note.js';
import { writeVerifierKey } from '../../src/log/verifier-key.js';
import { readRuleLibrary } from '../../src/storage/rule-library.js';
import { keyOf, signerNo } from './note-signers.js';
import { OTHER_RULES } from './other-rules.js';
import { copyOf } from './sqlite.js';

/** Who signs releases in a test. */
export const RELEASE_SIGNER = signerNo(1, 'rules.example');

/** Another who does, and whom a service need not trust. */
export const OTHER_SIGNER = signerNo(2, 'clinic.example');

/** The RELEASE_KEY of a signer. */
export const releaseKeyOf = (signer: NoteSigner): string => writeVerifierKey(keyOf(signer));

/** The setting under which a service takes what `RELEASE_SIGNER` has signed. */
export const KEYED = { RELEASE_KEY: releaseKeyOf(RELEASE_SIGNER) };

/** The signature file of a release. */
export const signatureIn = (rulesDir: string, set: string, version: string): string =>
  join(rulesDir, set, 'releases', `${version}.sig`);

/** Signs every release of a rules folder anew, whatever was signed before. */
export const signAll = (rulesDir: string, signer: NoteSigner = RELEASE_SIGNER): void => {
  const read = readRuleLibrary(rulesDir);
  if (!read.ok) throw new Error(`nothing can be signed: ${JSON.stringify(read.issues)}`);
  for (const { releases } of read.folders)
    for (const { ruleSet } of releases) {
      const { id: set, version } = ruleSet.body;
      writeFileSync(
        signatureIn(rulesDir, set, version),
        signedRelease({ set, version, sha256: ruleSet.sha256 }, signer),
      );
    }
};

/** A copy of a rules folder in which every release is signed. */
export const signedCopyOf = (rulesDir: string = OTHER_RULES): string => {
  const copy = copyOf(rulesDir);
  signAll(copy);
  return copy;
};

/** Changes the text of a file; one that stays as it was is a mistake of the test. */
export const rewriteFile = (file: string, edit: (text: string) => string): void => {
  const text = readFileSync(file, 'utf8');
  if (edit(text) === text) throw new Error(`nothing has changed in ${file}`);
  writeFileSync(file, edit(text));
};

/** Takes away a release, as a folder of an earlier day would not have it: its files and its entry of the index. The draft follows the one before it. */
export const forgetRelease = (rulesDir: string, set: string, version: string): void => {
  const folder = join(rulesDir, set, 'releases');
  for (const ending of ['json', 'md', 'sig']) rmSync(join(folder, `${version}.${ending}`), { force: true });
  const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as {
    releases: { version: string }[];
  };
  const releases = index.releases.filter((entry) => entry.version !== version);
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ releases }));
  const last = releases.at(-1)?.version ?? '0.9.9';
  const next = last.replace(/\d+$/, (patch) => String(Number(patch) + 1));
  rewriteFile(join(rulesDir, set, 'rule-set.json'), (text) =>
    text.replace(/"version": "[^"]*"/, `"version": "${next}-draft"`),
  );
};
