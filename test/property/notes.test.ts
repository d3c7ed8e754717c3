import { createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { expect } from 'vitest';
import { notesIn, readCheckpoint, signedCheckpoint } from '../../src/log/checkpoint.js';
import { isSignedBy, readNote, signedNote } from '../../src/log/signed-note.js';
import { readVerifierKey, writeVerifierKey, type VerifierKey } from '../../src/log/verifier-key.js';
import { pick, shuffled, times, type Draw } from '../support/generate-draw.js';
import { keyOf, signerNo } from '../support/note-signers.js';
import { exhaustively, law, laws, must } from './law.js';

const signer = signerNo(1, 'l\u00f6g.example');

const key = keyOf(signer);

const checkpoint = { origin: signer.name, size: 1234, root: '5a'.repeat(32) };

const signed = signedCheckpoint(checkpoint, signer);

const keyText = writeVerifierKey(key);

const isSigned = (note: string): boolean => {
  const read = readNote(note);
  return read !== null && isSignedBy(read, key);
};

/** What notes and keys are made of, so that junk comes near to them. */
const PIECES = [
  '\n',
  '\n\n',
  '\u2014 ',
  '\u2014',
  ' ',
  '+',
  '=',
  signer.name,
  '1234',
  'WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlo=',
  key.id,
  keyText,
  signed,
  signed.slice(signed.indexOf('\n\n')),
  'AAAAAAAA',
  '\ud800',
  '\u0085',
  '\u0000',
];

const junk = (draw: Draw, gen: fc.GeneratorValue): string => {
  const pieces = [...PIECES, gen(() => fc.string({ unit: 'binary' })), gen(() => fc.string())];
  return times(draw(12), () => pick(draw, pieces)).join('');
};

/** A text with a piece of it cut out, or junk put in. */
const damaged = (draw: Draw, text: string, put: string): string => {
  const [from, to] = [draw(text.length + 1), draw(text.length + 1)].toSorted((a, b) => a - b);
  return text.slice(0, from) + put + text.slice(to);
};

const firstIs = (read: ReturnType<typeof readCheckpoint>): boolean =>
  !read.ok || JSON.stringify(read.checkpoint) === JSON.stringify(checkpoint);

laws('what reads keys, notes and checkpoints', () => {
  law(
    'never throws, and believes nothing that was not signed',
    { seed: 20_261_128, runs: 6000 },
    (draw, gen) => {
      const made = junk(draw, gen);
      for (const text of [made, damaged(draw, signed, made), damaged(draw, keyText, made)]) {
        const read = readVerifierKey(text);
        must(read === null || writeVerifierKey(read) === text, () => `a key: ${JSON.stringify(text)}`);
        must(firstIs(readCheckpoint(text, key)), () => `believed: ${JSON.stringify(text)}`);
        must(!isSigned(text) || text.startsWith(signed.slice(0, signed.indexOf('\n\n') + 1)), () => text);
        const notes = notesIn(text);
        must(
          notes.join('').replaceAll('\n', '') === text.replaceAll('\n', ''),
          () => `something is lost: ${JSON.stringify(text)}`,
        );
      }
      return 12;
    },
  );

  law('reads any 32 bytes as a key without throwing', { seed: 20_261_129, runs: 2000 }, (_, gen) => {
    const bytes = gen(() => fc.uint8Array({ minLength: 32, maxLength: 32 }));
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes]);
    const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const odd: VerifierKey = { name: signer.name, id: key.id, publicKey };
    const read = readNote(signed);
    must(read !== null && !isSignedBy(read, odd), () => 'signed by a key that has not signed');
    const text = writeVerifierKey(keyOf({ name: signer.name, publicKey, privateKey: signer.privateKey }));
    must(readVerifierKey(text)?.name === signer.name, () => `not read: ${text}`);
    return 2;
  });

  law('takes signatures of any length', { seed: 20_261_130, runs: 500 }, (_, gen) => {
    const bytes = gen(() => fc.uint8Array({ minLength: 1, maxLength: 200 }));
    const signature = Buffer.concat([Buffer.from(key.id, 'hex'), bytes]).toString('base64');
    must(!isSigned(`text\n\n\u2014 ${signer.name} ${signature}\n`), () => 'believed');
    return 1;
  });
});

laws('a signed note', () => {
  exhaustively('is no longer signed when any bit of it is turned', () => {
    const bytes = Buffer.from(signed);
    for (const [place, byte] of bytes.entries())
      for (let bit = 0; bit < 8; bit += 1) {
        const other = Buffer.from(bytes);
        other[place] = byte ^ (1 << bit);
        must(!isSigned(other.toString('utf8')), () => `byte ${place}, bit ${bit}`);
        must(!readCheckpoint(other.toString('utf8'), key).ok, () => `byte ${place}, bit ${bit}`);
      }
    return bytes.length * 8;
  });

  exhaustively('is no longer signed when any byte of it is lost or doubled', () => {
    const bytes = Buffer.from(signed);
    for (const place of bytes.keys())
      for (const other of [
        Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + 1)]),
        Buffer.concat([bytes.subarray(0, place + 1), bytes.subarray(place)]),
      ])
        must(!isSigned(other.toString('utf8')), () => `byte ${place}`);
    return bytes.length * 2;
  });

  law('is read as it was written, whatever its text', { seed: 20_261_131, runs: 1500 }, (_, gen) => {
    const text = `${gen(() => fc.string({ unit: 'grapheme' }))}\n`;
    const note = signedNote(text, signer);
    must(readNote(note)?.text === text && isSigned(note), () => JSON.stringify(note));
    return 1;
  });

  law('of a checkpoint is found again in a file of many', { seed: 20_261_132, runs: 300 }, (draw) => {
    const sizes = times(draw(6) + 1, () => draw(2 ** 31));
    const notes = sizes.map((size) => signedCheckpoint({ ...checkpoint, size }, signer));
    const file = notes.map((note) => '\n'.repeat(draw(4)) + note).join('');
    expect(notesIn(file)).toEqual(notes);
    for (const [nth, note] of notesIn(file).entries()) {
      const said = { ...checkpoint, size: sizes[nth] };
      expect(readCheckpoint(note, key)).toEqual({ ok: true, checkpoint: said });
    }
    return notes.length;
  });

  law('is signed by each of its signers, in whatever order', { seed: 20_261_133, runs: 200 }, (draw) => {
    const signers = times(draw(5) + 1, (number) => signerNo(number, pick(draw, ['a', 'b'])));
    const signatures = signers.map((each) => signedNote('text\n', each).slice('text\n\n'.length));
    const read = readNote(`text\n\n${shuffled(draw, signatures).join('')}`);
    for (const each of signers) must(read !== null && isSignedBy(read, keyOf(each)), () => each.name);
    must(read !== null && !isSignedBy(read, keyOf(signerNo(99, 'a'))), () => 'a stranger');
    return signers.length + 1;
  });
});
