import {
  judgeSignature,
  namesUnder,
  readReleaseNote,
  type ReleaseNamed,
  type SignatureWorth,
} from '../log/release-signature.js';
import type { VerifierKey } from '../log/verifier-key.js';

/** A release, and the text of its signature file; null where it has none. */
export type SignedVersion = ReleaseNamed & { readonly signature: string | null };

/** Which releases a service takes. */
export type ReleaseTrust = {
  /** Whether a key must have signed them. Then no draft is taken, for none is signed, and no set that is older than the log knows it. */
  readonly isKeyed: boolean;
  /** Why a release is not taken, and what to do; null where it is. */
  readonly whyRefused: (release: SignedVersion) => string | null;
};

const WHY: Readonly<
  Record<Exclude<SignatureWorth, 'signed'>, (signers: readonly string[], key: string) => string>
> = {
  'another-key': (signers, key) =>
    `is signed by ${signers.map((name) => `\`${name}\``).join(', ')} and not by \`${key}\`, the key of RELEASE_KEY: have it signed by that key, or set RELEASE_KEY to the key that you trust`,
  'does-not-hold': (_, key) =>
    `has a signature of \`${key}\` that does not hold: put the file back as it was, or remove it and sign the release again`,
};

const whyNotOver = ({ set, version, sha256 }: ReleaseNamed): string =>
  `is no signature of \`${set}\` ${version} as it stands here, sha256 ${sha256}: put back the one that was made of it, or remove it and sign the release again`;

const whyRefusedBy = (release: SignedVersion, key: VerifierKey | null): string | null => {
  const { set, version, signature } = release;
  if (signature === null)
    return key === null
      ? null
      : `is not there, and RELEASE_KEY takes only releases that \`${key.name}\` has signed: put it back, or sign the release (\`rules sign ${set}@${version}\`)`;
  const note = readReleaseNote(signature, release);
  if (note === null) return whyNotOver(release);
  const worth = key === null ? 'signed' : judgeSignature(note, key);
  return worth === 'signed' ? null : WHY[worth](namesUnder(signature), key?.name ?? '');
};

/**
 * The trust in a key: a release is taken where that key has signed it. Without a key a release needs no signature; where it has one that is of
 * something else, its files do not belong together.
 */
export const trustIn = (key: VerifierKey | null): ReleaseTrust => ({
  isKeyed: key !== null,
  whyRefused: (release) => whyRefusedBy(release, key),
});
