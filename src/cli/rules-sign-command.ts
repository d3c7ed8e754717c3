import { join } from 'node:path';
import { judgeSignature, readReleaseNote, signedRelease } from '../log/release-signature.js';
import type { NoteSigner } from '../log/signed-note.js';
import { verifierKeyOf, writeVerifierKey } from '../log/verifier-key.js';
import { trustIn, type SignedVersion } from '../services/release-trust.js';
import { releaseAsked, type VersionAsked } from '../services/version-asked.js';
import { ruleLibraryOf } from '../storage/rule-library.js';
import { writeSignature } from '../storage/write-release.js';
import { CommandError, EXIT, wrongUsage } from './exit-codes.js';
import { readRulesFolder } from './load-rules.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';
import { readSigner } from './signing-key.js';
import { errorOf, readVersionName } from './site-event.js';

/** Which release is to be signed, as it was typed (`<set>@<version>`), and the file of the key. */
export type SignAsked = { readonly name: string; readonly key: string };

const refuse = (code: string, detail: string): CommandError =>
  new CommandError(EXIT.fault, [{ code, detail }]);

/** The release as its files hold it. What is signed is checked whole first: a signature vouches for it. */
const releaseIn = (rulesDir: string, asked: VersionAsked): SignedVersion => {
  const read = readRulesFolder(rulesDir);
  if (!read.ok) throw refuse('rules-with-mistakes', 'the rules have mistakes: run `rules check`');
  const found = releaseAsked(asked, { rules: ruleLibraryOf(read.folders) });
  if (found.kind !== 'found') throw errorOf(found);
  const { sha256 } = found.release;
  const files = read.folders
    .flatMap(({ releases }) => releases)
    .find(({ ruleSet }) => ruleSet.sha256 === sha256);
  return { ...asked, sha256, signature: files?.signature ?? null };
};

/** What the signature file is to hold; null where it holds a signature of this key already. */
const signedBy = (signer: NoteSigner, release: SignedVersion): string | null => {
  const { set, version, signature } = release;
  const key = verifierKeyOf(signer.name, signer.publicKey);
  const note = signature === null ? null : readReleaseNote(signature, release);
  if (note !== null && judgeSignature(note, key) === 'signed') return null;
  const text = signedRelease(release, signer, signature);
  if (trustIn(key).whyRefused({ ...release, signature: text }) === null) return text;
  throw refuse(
    'bad-signature',
    `the signature file of \`${set}\` ${version} holds a signature of \`${signer.name}\` that does not hold, or too many: remove the file, and sign again`,
  );
};

const write = (folder: string, version: string, text: string): string => {
  try {
    return writeSignature(folder, version, text);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw wrongUsage(`the signature cannot be written into ${folder} (${String(error.code)})`);
  }
};

/**
 * `rules sign`: writes beside a release that a key vouches for it. Signatures of other keys stay; where this key has signed already, nothing is changed.
 * @throws CommandError where the rules have mistakes, the version is a draft or not there, or the key or the signature file cannot be used
 */
export const signCommand = (rulesDir: string, { name, key }: SignAsked, style: Style): Outcome => {
  const asked = readVersionName(name);
  const signer = readSigner(key);
  const release = releaseIn(rulesDir, asked);
  const text = signedBy(signer, release);
  const { set, version, sha256 } = release;
  const said = `${set} ${version}, sha256 ${sha256}, is signed by ${signer.name}`;
  const file = text === null ? null : write(join(rulesDir, set), version, text);
  const lines =
    file === null
      ? [`${said} already. Nothing was changed.`]
      : [`${said}.`, `Commit ${file}: services with the RELEASE_KEY of this key take the release.`];
  const releaseKey = writeVerifierKey(verifierKeyOf(signer.name, signer.publicKey));
  const json = { ruleSet: set, version, sha256, signedBy: signer.name, releaseKey, written: file };
  return outcomeOf({ lines, json, exitCode: 0 }, style);
};
