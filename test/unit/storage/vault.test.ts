import { describe, expect, it } from 'vitest';
import { vaultUnder, type SealedPayload } from '../../../src/storage/vault.js';

const vault = vaultUnder(Buffer.alloc(32, 1));

const PARTS = {
  answer: { salt: '0f'.repeat(32), body: '{"text":"Zürich 💊"}' },
  intake: { salt: 'f0'.repeat(32), body: '{"subject":"canary-4711"}' },
};

const sealed = (): SealedPayload => vault.seal(7, PARTS);

const flipped = (bytes: Buffer, index: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
};

describe('a sealed payload', () => {
  it('opens as what it was', () => {
    expect(vault.open(7, sealed())).toEqual(PARTS);
  });

  it('shows nothing of it, and is another one each time', () => {
    const [one, two] = [sealed(), sealed()];
    const bytes = Buffer.concat([one.key, ...one.parts.map((part) => part.sealed)]);
    expect(bytes.includes('canary')).toBe(false);
    expect(one.key.equals(two.key)).toBe(false);
    expect(one.parts[0]?.sealed.equals(two.parts[0]?.sealed ?? one.parts[0].sealed)).toBe(false);
  });

  it('does not open at another position', () => {
    expect(() => vault.open(8, sealed())).toThrow(/does not open/);
  });

  it('does not open with its parts under each other’s names', () => {
    const { key, parts } = sealed();
    const [one, two] = parts;
    const swapped = [
      { part: 'answer', sealed: two?.sealed ?? key },
      { part: 'intake', sealed: one?.sealed ?? key },
    ];
    expect(() => vault.open(7, { key, parts: swapped })).toThrow(/does not open/);
  });

  it('does not open with the data key of another payload, nor under another secret', () => {
    const { key } = sealed();
    const { parts } = sealed();
    expect(() => vault.open(7, { key, parts })).toThrow(/does not open/);
    expect(() => vaultUnder(Buffer.alloc(32, 2)).open(7, sealed())).toThrow(/does not open/);
  });

  it('does not open where any byte of it is another', () => {
    const { key, parts } = sealed();
    for (let index = 0; index < key.length; index += 1)
      expect(() => vault.open(7, { key: flipped(key, index), parts })).toThrow(/does not open/);
    const [first, ...rest] = parts;
    if (first === undefined) throw new Error('there is no part');
    for (let index = 0; index < first.sealed.length; index += 1) {
      const changed = [{ ...first, sealed: flipped(first.sealed, index) }, ...rest];
      expect(() => vault.open(7, { key, parts: changed })).toThrow(/does not open/);
    }
  });

  it.each([0, 1, 12, 27])('does not open where only %i bytes of it are left', (length) => {
    const { key, parts } = sealed();
    const cut = parts.map(({ part, sealed: bytes }) => ({ part, sealed: bytes.subarray(0, length) }));
    expect(() => vault.open(7, { key, parts: cut })).toThrow(/does not open/);
  });
});
