import { describe, expect, it } from 'vitest';
import { notesIn, readCheckpoint, signedCheckpoint } from '../../../src/log/checkpoint.js';
import { logSignerOf } from '../../../src/log/log-signer.js';
import { EMPTY_ROOT } from '../../../src/log/merkle-tree.js';
import { signedNote } from '../../../src/log/signed-note.js';
import { keyOf, signerNo } from '../../support/note-signers.js';

const [own, other] = [signerNo(1), signerNo(2)];

const ROOT = 'ab'.repeat(32);

const BASE64 = Buffer.from(ROOT, 'hex').toString('base64');

const checkpoint = { origin: own.name, size: 42, root: ROOT };

/** What is read of a text that the key of the log has signed. */
const readSigned = (text: string) => readCheckpoint(signedNote(text, own), keyOf(own));

const MALFORMED = { ok: false, fault: 'malformed' };

const NOT_SIGNED = { ok: false, fault: 'not-signed' };

describe('a checkpoint', () => {
  it.each([0, 1, 42, 2 ** 32, 2 ** 53 - 1])('of size %d is read as it was written', (size) => {
    const said = { ...checkpoint, size, root: size === 0 ? EMPTY_ROOT : ROOT };
    const read = readCheckpoint(signedCheckpoint(said, own), keyOf(own));
    expect(read).toEqual({ ok: true, checkpoint: said });
  });

  it('is three lines and a signature', () => {
    expect(signedCheckpoint(checkpoint, own)).toBe(signedNote(`${own.name}\n42\n${BASE64}\n`, own));
  });

  it.each([
    { size: -1 },
    { size: 0.5 },
    { size: 2 ** 53 },
    { size: Number.NaN },
    { root: 'ab' },
    { root: `${ROOT}\n` },
    { root: ROOT.toUpperCase() },
    { origin: '' },
    { origin: 'a\nb' },
  ])('is not written with %j', (part) => {
    expect(() => signedCheckpoint({ ...checkpoint, ...part }, own)).toThrow(RangeError);
  });

  it.each([
    '042',
    '00',
    '-0',
    '-42',
    '+42',
    '4.2',
    '4e1',
    '0x2a',
    '',
    ' 42',
    '\u0664\u0662',
    String(2 ** 53),
    '9007199254740993',
    '18446744073709551615',
  ])('of size %j is malformed', (size) => {
    expect(readSigned(`${own.name}\n${size}\n${BASE64}\n`)).toEqual(MALFORMED);
  });

  it.each([
    '',
    ROOT,
    BASE64.slice(0, -1),
    `${BASE64}=`,
    BASE64.replace(/.=$/, 't='),
    BASE64.replaceAll('r', '-'),
    Buffer.alloc(31).toString('base64'),
    Buffer.alloc(33).toString('base64'),
  ])('with root %j is malformed', (root) => {
    expect(root).not.toBe(BASE64);
    expect(readSigned(`${own.name}\n42\n${root}\n`)).toEqual(MALFORMED);
  });

  it('may say more in further lines, none of them empty', () => {
    const text = `${own.name}\n42\n${BASE64}\n`;
    expect(readSigned(`${text}more\nand more\n`)).toEqual({ ok: true, checkpoint });
    for (const lines of ['\n', '\nmore\n', 'more\n\n', 'more\n\nand more\n'])
      expect(readSigned(`${text}${lines}`)).toEqual(MALFORMED);
  });

  it.each(['', '\n', `${own.name}\n`, `${own.name}\n42\n`, `\n42\n${BASE64}\n`])('is not %j', (text) => {
    expect(readCheckpoint(text, keyOf(own))).toEqual(MALFORMED);
    if (text !== '') expect(readSigned(text)).toEqual(MALFORMED);
  });
});

describe('whose checkpoint it is', () => {
  it('is told by the key, not by the name', () => {
    expect(readCheckpoint(signedCheckpoint(checkpoint, other), keyOf(own))).toEqual(NOT_SIGNED);
  });

  it('is told by the origin too: a key signs for the log of its name alone', () => {
    const elsewhere = signedCheckpoint({ ...checkpoint, origin: 'another.example' }, own);
    expect(readCheckpoint(elsewhere, keyOf(own))).toEqual(NOT_SIGNED);
  });

  it('does not change with signatures of others', () => {
    const note = signedCheckpoint(checkpoint, own);
    const witness = signedNote('a\n', signerNo(9, 'witness.example')).slice('a\n\n'.length);
    expect(readCheckpoint(note + witness, keyOf(own))).toEqual({ ok: true, checkpoint });
  });

  it('is read in another case than whether it is malformed: that comes first', () => {
    const text = `${own.name}\n042\n${BASE64}\n`;
    expect(readCheckpoint(signedNote(text, other), keyOf(own))).toEqual(MALFORMED);
  });

  it('follows from the key of a log, which names its origin', () => {
    const [one, two] = [own, other].map(({ privateKey }) => logSignerOf(privateKey));
    expect(one?.name).toMatch(/^ketamine-screening\/[0-9a-f]{16}$/);
    expect(one?.name).not.toBe(two?.name);
    expect(logSignerOf(own.privateKey).name).toBe(one?.name);
  });
});

describe('the notes of a file', () => {
  const notes = [0, 1, 42].map((size) => signedCheckpoint({ ...checkpoint, size }, own));
  const cosigned = `${notes[0] ?? ''}\u2014 witness.example AAAAAAAA\n`;
  const dashed = signedNote('A line\n\u2014 may begin so\n\u2014 twice, though not the first\n', own);

  it.each(['', '\n', '\n\n\n'])('are those that were appended, with %j between them', (between) => {
    for (const all of [notes, [cosigned, ...notes], [dashed, cosigned, dashed]])
      expect(notesIn(between + all.join(between) + between)).toEqual(all);
  });

  it('are none in an empty file', () => {
    expect(notesIn('')).toEqual([]);
    expect(notesIn('\n\n\n')).toEqual([]);
  });

  it('end with what was not written to its end, which is no note', () => {
    const [first = '', second = ''] = notes;
    for (let length = 1; length < second.length; length += 1) {
      const [whole, torn = '', ...rest] = notesIn(first + second.slice(0, length));
      expect([whole, rest]).toEqual([first, []]);
      expect(readCheckpoint(torn, keyOf(own))).toEqual(MALFORMED);
    }
  });

  it('are found in a long file at once', () => {
    const many = Array.from({ length: 5000 }, () => notes[2] ?? '');
    expect(notesIn(many.join('\n'))).toEqual(many);
    expect(notesIn('\n\n' + '\u2014 a b\n'.repeat(20_000))).toHaveLength(1);
  });
});
