import { describe, expect, it } from 'vitest';
import { masterKeyText, newMasterKey, parseMasterKey } from '../../../src/storage/master-key.js';
import { formsOfSecret } from '../../support/master-keys.js';

const MASTER = newMasterKey();

const TEXT = masterKeyText(MASTER);

const withCharacter = (index: number, character: string): string =>
  TEXT.slice(0, index) + character + TEXT.slice(index + 1);

describe('a master key', () => {
  it('is read from its text, with or without an end of line', () => {
    expect(TEXT).toMatch(/^ksm1_[A-Za-z0-9_-]{48}$/);
    for (const text of [TEXT, `${TEXT}\n`, `${TEXT}\r\n`]) expect(parseMasterKey(text)).toEqual(MASTER);
  });

  it('is another one each time', () => {
    expect(newMasterKey().key.equals(MASTER.key)).toBe(false);
  });

  it('has an id that is always the same and tells nothing of it', () => {
    expect(MASTER.id).toMatch(/^[0-9a-f]{16}$/);
    expect(parseMasterKey(TEXT)?.id).toBe(MASTER.id);
    for (const form of formsOfSecret(MASTER.key)) expect(form).not.toContain(MASTER.id);
  });

  it('is none where it was cut anywhere, or has something more', () => {
    for (let length = 0; length < TEXT.length; length += 1)
      expect(parseMasterKey(TEXT.slice(0, length)), `cut after ${String(length)}`).toBeNull();
    for (const text of [` ${TEXT}`, `${TEXT} `, `${TEXT}\n\n`, `${TEXT}A`, `${TEXT}\n${TEXT}`, `"${TEXT}"`])
      expect(parseMasterKey(text)).toBeNull();
  });

  it('is none where any one of its characters is another', () => {
    for (let index = 0; index < TEXT.length; index += 1)
      for (const other of ['A', 'B', '_', '='])
        if (TEXT[index] !== other)
          expect(parseMasterKey(withCharacter(index, other)), `at ${String(index)}`).toBeNull();
  });

  it('is none where two characters change places', () => {
    for (let index = 5; index + 1 < TEXT.length; index += 1) {
      const [one = '', two = ''] = TEXT.slice(index, index + 2);
      if (one !== two) expect(parseMasterKey(TEXT.replace(one + two, two + one))).toBeNull();
    }
  });
});
