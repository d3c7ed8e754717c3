import { describe, expect, it } from 'vitest';
import {
  judgeSignature,
  namesUnder,
  readReleaseNote,
  signedRelease,
  type ReleaseNamed,
} from '../../../src/log/release-signature.js';
import { isSignedBy, readNote, signedNote } from '../../../src/log/signed-note.js';
import { keyOf, signerNo } from '../../support/note-signers.js';

const RELEASE: ReleaseNamed = { set: 'ketamine-pain', version: '1.2.0', sha256: '5a'.repeat(32) };

const [own, other] = [signerNo(1, 'rules.example'), signerNo(2, 'clinic.example')];

const text = signedRelease(RELEASE, own);

/** What a signature file is worth for a release, by a key. */
const worth = (file: string, release = RELEASE, signer = own): string => {
  const note = readReleaseNote(file, release);
  return note === null ? 'not over it' : judgeSignature(note, keyOf(signer));
};

/** The file with other lines of its text, under a signature of the key itself where one is asked for. */
const withLines = (change: (lines: readonly string[]) => readonly string[], isSigned: boolean): string => {
  const [body = '', signatures = ''] = text.split('\n\n');
  const changed = `${change(body.split('\n')).join('\n')}\n`;
  return isSigned ? signedNote(changed, own) : `${changed}\n${signatures}`;
};

describe('the text of a signature file', () => {
  it('is a note of four lines, which any program for such notes can check', () => {
    const note = readNote(text);
    expect(note?.text).toBe(`ketamine-screening/release/1\nketamine-pain\n1.2.0\n${'5a'.repeat(32)}\n`);
    expect(note !== null && isSignedBy(note, keyOf(own))).toBe(true);
    expect(worth(text)).toBe('signed');
  });

  it.each<readonly [keyof ReleaseNamed, string]>([
    ['set', 'ketamine-pai'],
    ['set', 'ketamine-pain-2'],
    ['version', '1.2.1'],
    ['version', '1.2.0-draft'],
    ['sha256', `${'5a'.repeat(31)}5b`],
    ['sha256', '5A'.repeat(32)],
  ])('is over no release with another %s: %s', (field, value) => {
    expect(worth(text, { ...RELEASE, [field]: value })).toBe('not over it');
  });

  it.each<readonly [string, (lines: readonly string[]) => readonly string[]]>([
    ['another kind', (lines) => ['ketamine-screening/release/2', ...lines.slice(1)]],
    ['a line less', (lines) => lines.slice(0, 3)],
    ['a line more', (lines) => [...lines, 'and more']],
    ['its lines in another order', ([kind = '', set = '', ...rest]) => [set, kind, ...rest]],
    ['a space at the end of a line', (lines) => lines.map((line) => `${line} `)],
    ['a hash in capitals', (lines) => lines.map((line) => line.toUpperCase())],
  ])('is none with %s, not even where the key has signed that', (_, change) => {
    expect(worth(withLines(change, false))).toBe('not over it');
    expect(worth(withLines(change, true))).toBe('not over it');
  });

  it('holds with no bit turned', () => {
    const bytes = Buffer.from(text);
    for (const [place, byte] of bytes.entries())
      for (let bit = 0; bit < 8; bit += 1) {
        const turned = Buffer.from(bytes);
        turned[place] = byte ^ (1 << bit);
        expect(worth(turned.toString('utf8'))).not.toBe('signed');
      }
  });

  it('is not made of what is no release', () => {
    for (const bad of [{ set: 'a\nb' }, { set: '' }, { version: '1\n2' }, { sha256: '5a' }])
      expect(() => signedRelease({ ...RELEASE, ...bad }, own)).toThrow(RangeError);
  });
});

describe('the signatures under a release', () => {
  const both = signedRelease(RELEASE, other, text);

  it('are those of all who have signed, and each holds', () => {
    expect(both.startsWith(text)).toBe(true);
    expect([worth(both), worth(both, RELEASE, other)]).toEqual(['signed', 'signed']);
    expect(namesUnder(both)).toEqual(['rules.example', 'clinic.example']);
  });

  it('are worth nothing to who trusts another key, of whatever name', () => {
    for (const signer of [other, signerNo(2, own.name), signerNo(1, other.name)])
      expect(worth(text, RELEASE, signer)).toBe('another-key');
  });

  it('are worth nothing where one of the key fails', () => {
    const [, line = ''] = signedRelease({ ...RELEASE, version: '1.1.0' }, own).split('\n\n');
    const [body = ''] = text.split('\n\n');
    expect(worth(`${body}\n\n${line}`)).toBe('does-not-hold');
    expect(worth(`${text}${line}`)).toBe('does-not-hold');
  });

  it('are added to no note over something else', () => {
    const before = signedRelease({ ...RELEASE, version: '1.1.0' }, other);
    for (const earlier of [before, 'no note', ''])
      expect(() => signedRelease(RELEASE, own, earlier)).toThrow(RangeError);
  });

  it('have no names where there is no note', () => {
    expect(namesUnder('no note')).toEqual([]);
  });
});
