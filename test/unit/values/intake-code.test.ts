import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { codeHashOf } from '../../../src/log/code-hash.js';
import { codeFrom, readCode, SHOWN_CODE_PATTERN, showCode } from '../../../src/values/intake-code.js';

const CODE = '7H3K9QWX2M01';

describe('a code', () => {
  it.each([
    ['as it is shown', '7H3K-9QWX-2M01'],
    ['without hyphens', CODE],
    ['in small letters', '7h3k-9qwx-2m01'],
    ['with spaces', ' 7H3K 9QWX 2M01 '],
    ['with other hyphens and spaces, as a word processor writes them', '7H3K–9QWX\u20112M\u00a001'],
    ['with O for 0', '7H3K-9QWX-2MO1'],
    ['with a small o for 0', '7H3K-9QWX-2Mo1'],
    ['with I for 1', '7H3K-9QWX-2M0I'],
    ['with a small l for 1', '7h3k-9qwx-2m0l'],
  ])('is read %s', (_how, text) => {
    expect(readCode(text)).toBe(CODE);
  });

  it.each([
    '',
    '-',
    '7H3K-9QWX-2M0',
    '7H3K-9QWX-2M012',
    '7H3K-9QWX-2M0U',
    '7H3K_9QWX_2M01',
    '7H3K.9QWX.2M01',
    '7H3K-9QWX-2M0ı',
    '7H3K-9QWX-2M0\u0000',
    '٧H3K-9QWX-2M01',
    "7H3K-9QWX-2M01' OR 1=1",
  ])('is not %j', (text) => {
    expect(readCode(text)).toBeNull();
  });

  it('is shown in three groups of four', () => {
    expect(showCode(CODE)).toBe('7H3K-9QWX-2M01');
    expect(showCode(CODE)).toMatch(SHOWN_CODE_PATTERN);
  });

  it('is found by its SHA-256, as it is read', () => {
    expect(codeHashOf(CODE)).toBe(createHash('sha256').update('7H3K9QWX2M01').digest('hex'));
  });

  it('is made of 12 bytes and of no other number', () => {
    expect(codeFrom(new Uint8Array(12))).toBe('000000000000');
    expect(() => codeFrom(new Uint8Array(11))).toThrow(RangeError);
    expect(() => codeFrom(new Uint8Array(13))).toThrow(RangeError);
  });

  it('has any of 32 symbols in any place, each for 8 of the 256 bytes', () => {
    const symbols = Array.from({ length: 256 }, (_, byte) =>
      codeFrom(new Uint8Array(12).fill(byte)).charAt(7),
    );
    const counts = new Map(symbols.map((symbol) => [symbol, symbols.filter((one) => one === symbol).length]));
    expect([counts.size, new Set(counts.values())]).toEqual([32, new Set([8])]);
    expect([...counts.keys()].join('')).not.toMatch(/[^0-9A-Z]|[ILOU]/);
  });
});
