import { describe, expect, it } from 'vitest';
import { badNamesIn, linesOf, sourceFiles, undocumentedExportsOf } from './source-files.js';

const files = sourceFiles();
const sizes = files.map(linesOf).sort((a, b) => a - b);

describe('the files of src', () => {
  it('are more than 20, so that what follows looks at something', () => {
    expect(files.length).toBeGreaterThan(20);
  });

  it('are 80 lines long or shorter in the middle', () => {
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(80);
  });

  it('are none of them longer than 300 lines', () => {
    expect(files.filter((file) => linesOf(file) > 300).map(({ path }) => path)).toEqual([]);
  });

  it('have names in kebab-case that say what is inside', () => {
    expect(files.map(({ path }) => path).filter((path) => badNamesIn(path).length > 0)).toEqual([]);
  });

  it('explain every name they export', () => {
    expect(files.flatMap(undocumentedExportsOf)).toEqual([]);
  });

  it('leave nothing for later', () => {
    expect(files.filter(({ text }) => /\b(TODO|FIXME)\b/.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe('the canary', () => {
  it.each(['src/utils.ts', 'src/http/route-helper.ts', 'src/common/x.ts', 'src/values/index.ts'])(
    'catches the empty name %s',
    (path) => {
      expect(badNamesIn(path)).toHaveLength(1);
    },
  );

  it.each([
    'src/values/readJson.ts',
    'src/Values/json.ts',
    'src/values/read_json.ts',
    'src/values/read--json.ts',
  ])('catches %s, which is not in kebab-case', (path) => {
    expect(badNamesIn(path)).toHaveLength(1);
  });

  it('lets good names pass', () => {
    expect(badNamesIn('src/formats/cds-hooks/read-card.ts')).toEqual([]);
    expect(badNamesIn('src/values/ucum-lhc.d.ts')).toEqual([]);
  });

  it.each([
    ['export const bare = 1;', 'bare'],
    ['export type Bare = 1;', 'Bare'],
    ['export function bare() {}', 'bare'],
    ['export class Bare {}', 'Bare'],
    ['// a comment, but not a doc comment\nexport const bare = 1;', 'bare'],
    ['/** */\nexport const bare = 1;', 'bare'],
    ['/** Said. */\nexport const said = 1;\nexport const bare = 2;', 'bare'],
  ])('catches the export without a doc comment in %j', (text, name) => {
    expect(undocumentedExportsOf({ path: 'a.ts', text })).toEqual([`a.ts: ${name}`]);
  });

  it('lets documented and private names pass', () => {
    const text =
      '/** Said. */\nexport const said = 1;\nconst own = 2;\n/** A type. */\nexport type T = typeof own;';
    expect(undocumentedExportsOf({ path: 'a.ts', text })).toEqual([]);
  });

  it('counts lines as an editor does', () => {
    expect(linesOf({ path: 'a.ts', text: 'a\nb\n' })).toBe(2);
    expect(linesOf({ path: 'a.ts', text: 'a\nb' })).toBe(2);
  });
});
