import { describe, expect, it } from 'vitest';
import { newMasterKey, type MasterKey } from '../../../src/storage/master-key.js';
import { isSealed, openSeal, readSeals, sealKey, writeSeals } from '../../../src/storage/sealed-key.js';
import { formsOfSecret } from '../../support/master-keys.js';

const [MASTER, OTHER] = [newMasterKey(), newMasterKey()];

const SECRET = Buffer.alloc(32, 0x5a);

const PLAIN = `${SECRET.toString('hex')}\n`;

const NAME = 'payload.key';

const TEXT = writeSeals([sealKey(MASTER, NAME, PLAIN)]);

/** What a master key opens in the text of a sealed key; null where it opens nothing. */
const openedBy = (text: string, master: MasterKey = MASTER, name = NAME): string | null => {
  const seal = readSeals(text)?.find(({ master: id }) => id === master.id);
  return seal === undefined ? null : openSeal(master, name, seal);
};

describe('a sealed key', () => {
  it('opens with the master key that sealed it, and names that', () => {
    expect(openedBy(TEXT)).toBe(PLAIN);
    expect(isSealed(TEXT)).toBe(true);
    expect(readSeals(TEXT)?.map(({ master }) => master)).toEqual([MASTER.id]);
  });

  it('tells nothing of the key, nor of the master key', () => {
    const bytes = readSeals(TEXT)?.[0]?.sealed.toString('latin1') ?? '';
    for (const secret of [SECRET, MASTER.key])
      for (const form of formsOfSecret(secret)) expect(TEXT + bytes).not.toContain(form);
  });

  it('is another text each time', () => {
    expect(writeSeals([sealKey(MASTER, NAME, PLAIN)])).not.toBe(TEXT);
  });

  it('does not open with another master key, nor one that says it has the id of the right one', () => {
    expect(openedBy(TEXT, OTHER)).toBeNull();
    expect(openedBy(TEXT, { id: MASTER.id, key: OTHER.key })).toBeNull();
    expect(openedBy(TEXT.replace(MASTER.id, OTHER.id), { id: OTHER.id, key: MASTER.key })).toBeNull();
  });

  it('does not open as the key of another file', () => {
    expect(openedBy(TEXT, MASTER, 'checkpoint.key')).toBeNull();
  });

  it('does not open where any bit of its text was changed', () => {
    const bytes = Buffer.from(TEXT);
    for (let index = 0; index < bytes.length; index += 1)
      for (let bit = 0; bit < 8; bit += 1) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(index) ^ (1 << bit), index);
        expect(openedBy(changed.toString('latin1')), `bit ${String(bit)} at ${String(index)}`).toBeNull();
      }
  });

  it('does not open where it was cut anywhere, or has something more', () => {
    for (let length = 0; length < TEXT.length; length += 1)
      expect(openedBy(TEXT.slice(0, length)), `cut after ${String(length)}`).toBeNull();
    for (const text of [`${TEXT}\n`, `${TEXT}x`, ` ${TEXT}`, TEXT.replace(/\n/g, '\r\n')])
      expect(openedBy(text)).toBeNull();
  });

  it('opens with each of two master keys that sealed it, and with no other', () => {
    const both = writeSeals([sealKey(MASTER, NAME, PLAIN), sealKey(OTHER, NAME, PLAIN)]);
    for (const master of [MASTER, OTHER]) expect(openedBy(both, master)).toBe(PLAIN);
    expect(openedBy(both, newMasterKey())).toBeNull();
  });
});
