import { describe, expect, it } from 'vitest';
import { isSignedBy, readNote, signedNote } from '../../../src/log/signed-note.js';
import { isKeyName, readVerifierKey, writeVerifierKey } from '../../../src/log/verifier-key.js';
import { keyOf, signerNo } from '../../support/note-signers.js';

const TEXT = 'one line\n\nand \u00e4nother \u{1f600}\n';

const [own, other] = [signerNo(1), signerNo(2)];

const note = signedNote(TEXT, own);

const signatureOf = (signed: string): string => signed.slice(signed.lastIndexOf('\n\n') + 2);

const isSigned = (signed: string, signer = own): boolean => {
  const read = readNote(signed);
  return read !== null && isSignedBy(read, keyOf(signer));
};

/** The line of a signature with other base64 in it. */
const withBase64 = (change: (base64: string) => string): string =>
  note.replace(/(\S+)\n$/, (_, base64: string) => `${change(base64)}\n`);

/** The text of a key after it was read; null where it was none. */
const rewritten = (text: string): string | null => {
  const key = readVerifierKey(text);
  return key === null ? null : writeVerifierKey(key);
};

describe('a note', () => {
  it('is read as it was written, and is signed by its signer alone', () => {
    expect(readNote(note)?.text).toBe(TEXT);
    expect(isSigned(note)).toBe(true);
    expect(isSigned(note, other)).toBe(false);
  });

  it('is written the same each time', () => {
    expect(signedNote(TEXT, own)).toBe(note);
  });

  it.each([
    ['a text without a new line at its end', 'text'],
    ['no text at all', ''],
    ['a control character', 'a\u0007\n'],
    ['a carriage return', 'a\r\n'],
    ['a delete', 'a\u007f\n'],
    ['a next line', 'a\u0085\n'],
    ['half a pair of surrogates', 'a\ud83d\n'],
  ])('is not made of %s', (_, text) => {
    expect(() => signedNote(text, own)).toThrow(RangeError);
    expect(readNote(`${text}\n${signatureOf(note)}`)).toBeNull();
  });

  it('passes over the signatures of unknown keys, wherever they stand', () => {
    const [mine, theirs] = [signatureOf(note), signatureOf(signedNote(TEXT, other))];
    for (const signatures of [mine + theirs, theirs + mine, theirs + mine + theirs])
      expect([isSigned(`${TEXT}\n${signatures}`), isSigned(`${TEXT}\n${signatures}`, other)]).toEqual([
        true,
        true,
      ]);
  });

  it('passes over a signature that has only the name or only the id of the key', () => {
    const [named, numbered] = [signerNo(2, own.name), signerNo(1, 'other.example')];
    expect(isSigned(signedNote(TEXT, named))).toBe(false);
    expect(isSigned(signedNote(TEXT, numbered))).toBe(false);
    const renamed = signatureOf(note).replace(own.name, numbered.name);
    expect(isSigned(`${TEXT}\n${renamed}`)).toBe(false);
    expect(isSigned(`${TEXT}\n${renamed}${signatureOf(note)}`)).toBe(true);
  });

  it('is not signed where one of two signatures of the key fails', () => {
    const stranger = signatureOf(signedNote('another text\n', own));
    expect(isSigned(`${TEXT}\n${signatureOf(note)}${stranger}`)).toBe(false);
    expect(isSigned(`${TEXT}\n${stranger}${signatureOf(note)}`)).toBe(false);
  });

  it('is not signed by the signature of another text, nor with the empty line moved', () => {
    expect(isSigned(`another text\n\n${signatureOf(note)}`)).toBe(false);
    expect(isSigned(`${TEXT}\n\n${signatureOf(note)}`)).toBe(false);
  });

  it.each([
    ['without padding', (base64: string) => base64.replace(/=+$/, '')],
    ['with more padding', (base64: string) => `${base64}=`],
    ['with bits that say nothing', (base64: string) => base64.replace(/.=$/, 'B=')],
    [
      'for addresses',
      (base64: string) => base64.replaceAll('+', '-').replaceAll('/', '_').replace(/^./, '_'),
    ],
    ['with junk inside', (base64: string) => `${base64.slice(0, 8)}!${base64.slice(8)}`],
    ['of an id alone', () => 'AAAAAA=='],
    ['of nothing', () => ''],
  ])('is none with base64 %s', (_, change) => {
    expect(withBase64(change)).not.toBe(note);
    expect(readNote(withBase64(change))).toBeNull();
  });

  it.each([
    ['no signature', `${TEXT}\n`],
    ['no empty line', TEXT.replace('\n\n', '\n') + signatureOf(note)],
    ['no end', note.slice(0, -1)],
    ['a line after it', `${note}more\n`],
    ['an empty line after it', `${note}\n`],
    ['another dash', note.replace('\u2014', '-')],
    ['two spaces', note.replace('\u2014 ', '\u2014  ')],
    ['a word more', note.replace(/\n$/, ' more\n')],
    ['a name with a plus', note.replace(own.name, 'a+b')],
  ])('is none with %s', (_, text) => {
    expect(readNote(text)).toBeNull();
  });
});

describe('the name of a key', () => {
  it.each(['', 'a b', 'a+b', 'a\nb', 'a\u00a0b', 'a\u2028b', 'a\u0085b', 'a\u0001b', 'a\ud800'])(
    'is not %j, under which no note is signed and no key is read',
    (name) => {
      expect(isKeyName(name)).toBe(false);
      expect(() => signedNote(TEXT, { ...own, name })).toThrow(RangeError);
      expect(readVerifierKey(writeVerifierKey(keyOf({ ...own, name })))).toBeNull();
    },
  );

  it.each(['a', 'log.example/a', '\u00e4\u{1f600}', '\u2014', 'a=b'])('may be %s', (name) => {
    const signer = signerNo(3, name);
    expect(rewritten(writeVerifierKey(keyOf(signer)))).toBe(writeVerifierKey(keyOf(signer)));
    expect(isSigned(signedNote(TEXT, signer), signer)).toBe(true);
  });
});

describe('the text of a key', () => {
  const text = writeVerifierKey(keyOf(own));
  const [name = '', id = '', base64 = ''] = text.split('+');

  it('is read as it was written', () => {
    expect(rewritten(text)).toBe(text);
    expect(readVerifierKey(text)).toMatchObject({ name: own.name, id: keyOf(own).id });
  });

  it.each([
    ['another name', `${name}x+${id}+${base64}`],
    ['another id', `${name}+00000000+${base64}`],
    ['its id in capitals', `${name}+${id.toUpperCase()}+${base64}`],
    ['no padding left out', `${name}+${id}+${base64}=`],
    ['a new line', `${text}\n`],
    ['a space before it', ` ${text}`],
    ['a part more', `${text}+AAAA`],
  ])('is none with %s', (_, changed) => {
    expect(readVerifierKey(changed)).toBeNull();
  });
});
