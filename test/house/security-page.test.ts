import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const page = readFileSync('docs/security.md', 'utf8');

/** A test that the page names: its file, and the words of its title where it gives them. */
type Named = { readonly file: string; readonly title: string | null };

const NAMED = /`(test\/[^`]+)`(?: "((?:\\"|[^"])+)")?/g;

const namedIn = (text: string): readonly Named[] =>
  [...text.matchAll(NAMED)].map(([, file = '', title]) => ({
    file,
    title: title?.replaceAll('\\"', '"') ?? null,
  }));

/** The rows of every table, without their heads: the cells of each. */
const rowsIn = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter((cells) => cells.at(-1) !== 'guarded by');

const isThere = ({ file, title }: Named): boolean =>
  existsSync(file) && (title === null || readFileSync(file, 'utf8').includes(title));

describe('the page on security', () => {
  it('names tests that exist, by titles that they have', () => {
    const named = namedIn(page);
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((one) => !isThere(one))).toEqual([]);
  });

  it('would not name one that does not', () => {
    expect(isThere({ file: 'test/house/no-such.test.ts', title: null })).toBe(false);
    expect(isThere({ file: 'test/house/lint.test.ts', title: 'there is no such title here' })).toBe(false);
  });

  it('names a test for each hazard and each risk', () => {
    const unguarded = rowsIn(page).filter((cells) => namedIn(cells.at(-1) ?? '').length === 0);
    expect(unguarded).toEqual([]);
  });

  it('leaves out none of the hazards and none of the risks', () => {
    const ids = rowsIn(page).map(([id = '']) => id);
    const wanted = [
      ...Array.from({ length: 16 }, (_none, index) => `Z${String(index + 1)}`),
      ...Array.from({ length: 10 }, (_none, index) => `API${String(index + 1)}`),
    ];
    expect(ids.filter((id) => /^(?:Z|API)\d+$/.test(id))).toEqual(wanted);
  });
});
