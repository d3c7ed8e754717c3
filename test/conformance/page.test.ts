import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { idsIn, LISTED, UNSEEN } from './numbers.js';
import { checkOf, kindOf, listedIn, reasonOf, titleOf, type Topic } from './row.js';
import { TOPICS } from './topics.js';
import { PAGE, pageOf } from './write-page.js';

const rows = TOPICS.flatMap((topic) => topic.rows);

const told = rows.flatMap((row) => listedIn(row).map(({ id }) => id));

const numbersOfList = LISTED.filter(({ id }) => !id.startsWith('library')).map(({ id }) => Number(id));

describe('the list of requirements', () => {
  it('has each number of CDS Hooks 2.0 once', () => {
    const all = Array.from({ length: 220 }, (_none, index) => index + 1);
    expect(numbersOfList.toSorted((one, other) => one - other)).toEqual(all);
  });

  it('refuses a number that it does not have', () => {
    expect(() => listedIn({ ids: '219-221', says: 'x', notMet: 'x' })).toThrow(
      'no requirement has the number 221',
    );
  });
});

describe('the rows', () => {
  it('name every number that binds a service, and every other one of which the service sees something', () => {
    const unseen = idsIn(UNSEEN);
    expect(LISTED.filter(({ id, bindsService }) => bindsService && unseen.includes(id))).toEqual([]);
    expect([...told, ...unseen].toSorted()).toEqual(LISTED.map(({ id }) => id).toSorted());
  });

  it('name no number twice, so that none can stand there in contradiction', () => {
    expect(told.filter((id, index) => told.indexOf(id) !== index)).toEqual([]);
  });

  it('have a test each, or a sentence that says why not', () => {
    const silent = rows.filter((row) =>
      kindOf(row) === 'shown' ? checkOf(row) === null : !/^[A-Z`].{15,}\.$/.test(reasonOf(row) ?? ''),
    );
    expect(silent.map(titleOf)).toEqual([]);
  });

  it('say what they ask in one sentence, each in another one', () => {
    expect(rows.filter(({ says }) => !/^[A-Z`][^|\n]+\.$/.test(says) || says.length > 160)).toEqual([]);
    expect(new Set(rows.map(titleOf)).size).toBe(rows.length);
  });

  it('point to files that there are', () => {
    const files = [
      ...TOPICS.map(({ file }) => file),
      ...rows.flatMap((row) => ('also' in row ? [row.also] : [])),
    ];
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });
});

describe(PAGE, () => {
  if (process.env.UPDATE_EXAMPLES === '1') writeFileSync(PAGE, pageOf(TOPICS));

  it('is what the rows say', () => {
    expect(readFileSync(PAGE, 'utf8')).toBe(pageOf(TOPICS));
  });

  it('would be another one where a row were met no longer', () => {
    const [first, ...others] = TOPICS;
    const [row, ...rest] = first?.rows ?? [];
    if (first === undefined || row === undefined) throw new Error('there are no rows');
    const failed = { ...('ids' in row ? { ids: row.ids } : { source: row.source }), says: row.says };
    const changed: Topic = { ...first, rows: [{ ...failed, notMet: 'It broke.' }, ...rest] };
    expect(pageOf([changed, ...others])).not.toBe(pageOf(TOPICS));
  });
});
