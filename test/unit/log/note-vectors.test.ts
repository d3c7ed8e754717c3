import { describe, expect, it } from 'vitest';
import { readCheckpoint, signedCheckpoint } from '../../../src/log/checkpoint.js';
import { isSignedBy, readNote, signedNote } from '../../../src/log/signed-note.js';
import { readVerifierKey, writeVerifierKey, type VerifierKey } from '../../../src/log/verifier-key.js';
import { keyOf, signerFromSeed, signerNo } from '../../support/note-signers.js';
import vectors from '../../vectors/notes.json' with { type: 'json' };

const keyIn = (text: string): VerifierKey => {
  const key = readVerifierKey(text);
  if (key === null) throw new Error(`${text} is no key`);
  return key;
};

const isSigned = (note: string, key: VerifierKey): boolean => {
  const read = readNote(note);
  return read !== null && isSignedBy(read, key);
};

const { text, peterKey, enochKey, peterSignature, enochSignature, peterSignerKey, badKeys, badNotes } =
  vectors.sumdbNote;

const [peter, enoch] = [keyIn(peterKey), keyIn(enochKey)];

describe('the notes of golang.org/x/mod/sumdb/note', () => {
  it.each([peterKey, enochKey])('%s is read and written', (key) => {
    expect(writeVerifierKey(keyIn(key))).toBe(key);
  });

  it('no part of a key is a key', () => {
    for (let start = 0; start < peterKey.length; start += 1)
      for (let end = start; end <= peterKey.length; end += 1)
        expect(readVerifierKey(peterKey.slice(start, end)) === null).toBe(end - start < peterKey.length);
  });

  it('no key is one with any character another', () => {
    for (let index = 0; index < peterKey.length; index += 1) {
      const next = String.fromCharCode(peterKey.charCodeAt(index) + 1);
      expect(readVerifierKey(peterKey.slice(0, index) + next + peterKey.slice(index + 1))).toBeNull();
    }
  });

  it.each(badKeys)('%s is no key', (key) => {
    expect(readVerifierKey(key)).toBeNull();
  });

  it('a text that Peter Neumann signs is the note that was published', () => {
    const seed = Buffer.from(peterSignerKey.split('+').slice(4).join('+'), 'base64').subarray(1);
    expect(signedNote(text, signerFromSeed('PeterNeumann', seed))).toBe(`${text}\n${peterSignature}`);
  });

  it.each([
    { signatures: peterSignature, byPeter: true, byEnoch: false },
    { signatures: enochSignature, byPeter: false, byEnoch: true },
    { signatures: peterSignature + enochSignature, byPeter: true, byEnoch: true },
    { signatures: peterSignature + peterSignature + enochSignature, byPeter: true, byEnoch: true },
  ])('a note is signed by those who signed it: $byPeter, $byEnoch', ({ signatures, byPeter, byEnoch }) => {
    const note = `${text}\n${signatures}`;
    expect(readNote(note)?.text).toBe(text);
    expect([isSigned(note, peter), isSigned(note, enoch)]).toEqual([byPeter, byEnoch]);
  });

  it('a signature with more in it does not hold', () => {
    const longer = `${peterSignature.slice(0, 58)}ABCD${peterSignature.slice(58)}`;
    expect(readNote(`${text}\n${longer}`)?.signatures).toHaveLength(1);
    expect(isSigned(`${text}\n${longer}`, peter)).toBe(false);
  });

  it('a note of 100 signatures is read, one of 101 is not', () => {
    expect(isSigned(`${text}\n${peterSignature.repeat(100)}`, peter)).toBe(true);
    expect(readNote(`${text}\n${peterSignature.repeat(101)}`)).toBeNull();
  });

  it.each(badNotes)('is no note: %j', (note) => {
    expect(readNote(note)).toBeNull();
  });
});

describe('published checkpoints', () => {
  const { key, checkpoint } = vectors.sumGolangOrg;

  it('that of sum.golang.org is signed, and its origin is not the name of its key', () => {
    expect(isSigned(checkpoint, keyIn(key))).toBe(true);
    expect(readCheckpoint(checkpoint, keyIn(key))).toEqual({ ok: false, fault: 'not-signed' });
  });

  it('that of sigsum-go is what its key signs, and is read', () => {
    const { seedFirstByte, size, root, origin } = vectors.sigsum;
    const signer = signerNo(seedFirstByte, origin);
    const said = { origin, size, root: Buffer.from(root, 'base64').toString('hex') };
    expect(signedCheckpoint(said, signer)).toBe(vectors.sigsum.checkpoint);
    expect(readCheckpoint(vectors.sigsum.checkpoint, keyOf(signer))).toEqual({ ok: true, checkpoint: said });
  });

  it.each(vectors.badCheckpointTexts)('$desc is malformed, whoever signs it', ({ text: said }) => {
    const signer = signerNo(1, said.split('\n')[0] ?? '');
    const note = said.endsWith('\n') && signer.name !== '' ? signedNote(said, signer) : `${said}\n— a AAAA\n`;
    expect(readCheckpoint(note, keyOf(signer))).toEqual({ ok: false, fault: 'malformed' });
  });
});

describe('the examples of C2SP', () => {
  const [quasimodo, sofa] = [readNote(vectors.c2sp.note), readNote(vectors.c2sp.checkpoint)];

  it('a note may have empty lines in its text', () => {
    expect(quasimodo?.text).toBe(vectors.c2sp.note.split('\n\n\u2014 ')[0]?.concat('\n'));
    expect(quasimodo?.signatures).toMatchObject([{ name: 'quasimodo.example/salvatore', id: '367ba04b' }]);
    expect(quasimodo?.signatures[0]?.signature).toHaveLength(64);
  });

  it('a checkpoint has three lines and a signature', () => {
    expect(sofa?.text.split('\n')).toHaveLength(4);
    expect(sofa?.signatures).toMatchObject([{ name: 'example.com/behind-the-sofa', id: '033de0ae' }]);
  });

  it('is not signed by another key, though the id is the same', () => {
    const sumGolangOrg = keyIn(vectors.sumGolangOrg.key);
    expect(sumGolangOrg.id).toBe('033de0ae');
    expect(isSigned(vectors.c2sp.checkpoint, sumGolangOrg)).toBe(false);
  });
});
