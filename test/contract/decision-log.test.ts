import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { commitmentTo } from '../../src/log/commitment.js';
import { RULE_EVENTS, type NewEntry, type Placed } from '../../src/log/entry.js';
import { RulesChangedError, LogUnavailableError, type DecisionLog } from '../../src/services/ports.js';
import type { Connection } from '../../src/storage/open-database.js';
import { connectionTo, DATABASES, logOn, rowsIn } from '../support/sqlite.js';

const HASH = 'ab'.repeat(32);

const anEntry = (id: string, more: Partial<NewEntry> = {}): NewEntry => ({
  id,
  at: '2026-11-22T09:30:00Z',
  organisation: 'local',
  kind: 'decision',
  ruleSetHash: HASH,
  parts: { answer: { salt: '01'.repeat(32), body: `{"id":"${id}"}` } },
  ...more,
});

/** Appends one entry by a call of its own. @returns the entry in its place */
const append = async (log: DecisionLog, entry: NewEntry): Promise<Placed> => {
  const [appended] = await log.append([entry]);
  if (appended === undefined) throw new Error('nothing was appended');
  return appended;
};

const names = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `entry-${String(index)}`);

type Opened = { readonly connection: Connection; readonly log: DecisionLog };

const opened = (file: string): Opened => {
  const connection = connectionTo(file);
  return { connection, log: logOn(connection) };
};

describe.each(DATABASES)('the decision log in %s', (_where, place) => {
  it('gives positions from 0 without a gap', async () => {
    const { log } = opened(place());
    const positions: number[] = [];
    for (const id of names(5)) positions.push((await append(log, anEntry(id))).position);
    expect(positions).toEqual([0, 1, 2, 3, 4]);
  });

  it('takes 100 entries at once, all of them, in the order of the calls', async () => {
    const { connection, log } = opened(place());
    const entries = await Promise.all(names(100).map((id) => append(log, anEntry(id))));
    expect(entries.map(({ position }) => position)).toEqual(names(100).map((_, index) => index));
    expect(connection.prepare('SELECT id FROM log ORDER BY position').pluck().all()).toEqual(names(100));
  });

  it('goes on from the last position, batch after batch', async () => {
    const { log } = opened(place());
    await Promise.all(names(3).map((id) => append(log, anEntry(id))));
    const more = await Promise.all(['x', 'y'].map((id) => append(log, anEntry(id))));
    expect(more.map(({ position }) => position)).toEqual([3, 4]);
  });

  it('gives back what was appended, in its place', async () => {
    const { log } = opened(place());
    await append(log, anEntry('first'));
    const appended = await append(log, anEntry('second', { organisation: 'clinic' }));
    expect(appended).toEqual({ ...anEntry('second', { organisation: 'clinic' }), position: 1 });
    expect(await log.load('second', 'decision')).toEqual({
      ...appended,
      commitments: { answer: commitmentTo({ salt: '01'.repeat(32), body: '{"id":"second"}' }) },
    });
  });

  it('finds nothing of another id', async () => {
    const { log } = opened(place());
    await append(log, anEntry('first'));
    expect(await log.load('second', 'decision')).toBeNull();
  });

  it('finds nothing of another kind', async () => {
    const { log } = opened(place());
    await append(log, anEntry('first', { kind: 'activation' }));
    expect(await log.load('first', 'decision')).toBeNull();
    expect(await log.load('first', 'activation')).not.toBeNull();
  });

  it('tells the events on rules after a position, in the order of the log, and no other entry', async () => {
    const { log } = opened(place());
    await append(log, anEntry('one', { kind: 'registration' }));
    await append(log, anEntry('two'));
    await append(log, anEntry('three', { kind: 'activation' }));
    await append(log, anEntry('four', { kind: 'intake' }));
    await append(log, anEntry('five', { kind: 'approval' }));
    const after = async (position: number) => (await log.ruleEventsAfter(position)).map(({ id }) => id);
    expect([await after(-1), await after(0), await after(4)]).toEqual([
      ['one', 'three', 'five'],
      ['three', 'five'],
      [],
    ]);
  });

  it('finds every entry of a lookup, in the order of the log, and none of another name, value or organisation', async () => {
    const { log } = opened(place());
    const about = (value: string): Partial<NewEntry> => ({ lookups: [{ name: 'decision', value }] });
    await append(log, anEntry('one', about('x')));
    await append(log, anEntry('two', about('y')));
    await append(log, anEntry('three', { lookups: [{ name: 'intake-code', value: 'x' }] }));
    await append(log, anEntry('four', about('x')));
    await append(log, anEntry('five', { ...about('x'), organisation: 'clinic' }));
    const found = await log.find({ organisation: 'local', name: 'decision', value: 'x' });
    expect(found.map(({ id, position }) => [id, position])).toEqual([
      ['one', 0],
      ['four', 3],
    ]);
    expect(await log.find({ organisation: 'local', name: 'decision', value: 'z' })).toEqual([]);
  });

  it('keeps text of every kind as it is', async () => {
    const { log } = opened(place());
    const body = '{"text":"Zürich 💊 \\u0000 \' \\" \\n"}';
    await append(log, anEntry('first', { parts: { answer: { salt: '0f'.repeat(32), body } } }));
    expect((await log.load('first', 'decision'))?.parts.answer?.body).toBe(body);
  });

  it('commits to each part by the SHA-256 of its salt and its text', async () => {
    const { connection, log } = opened(place());
    const parts = {
      answer: { salt: '0f'.repeat(32), body: '{"a":1}' },
      findings: { salt: 'f0'.repeat(32), body: '{"a":1}' },
    };
    await append(log, anEntry('first', { parts }));
    const hash = (salt: string): string =>
      createHash('sha256').update(salt, 'hex').update('{"a":1}').digest('hex');
    const stored = String(connection.prepare('SELECT commitments FROM log').pluck().get());
    expect(JSON.parse(stored)).toEqual({
      answer: hash('0f'.repeat(32)),
      findings: hash('f0'.repeat(32)),
    });
  });

  it('keeps no part of the payload in the log itself', async () => {
    const { connection, log } = opened(place());
    const body = '{"secret":"canary-4711"}';
    await append(log, anEntry('first', { parts: { answer: { salt: '0f'.repeat(32), body } } }));
    expect(JSON.stringify(connection.prepare('SELECT * FROM log').all())).not.toContain('canary');
    expect(rowsIn(connection, 'payload')).toBe(1);
  });

  it('is ready while it is open, and not once it is closed', async () => {
    const { connection, log } = opened(place());
    expect(await log.isReady()).toBe(true);
    connection.close();
    expect(await log.isReady()).toBe(false);
  });
});

describe.each(DATABASES)('the decision log in %s that cannot be used', (_where, place) => {
  const closed = (): DecisionLog => {
    const { connection, log } = opened(place());
    connection.close();
    return log;
  };

  it('refuses to append', async () => {
    await expect(append(closed(), anEntry('first'))).rejects.toBeInstanceOf(LogUnavailableError);
  });

  it('refuses every one of many that are appended at once', async () => {
    const log = closed();
    const results = await Promise.allSettled(names(10).map((id) => append(log, anEntry(id))));
    expect(results.map(({ status }) => status)).toEqual(names(10).map(() => 'rejected'));
  });

  it('refuses to load, to find, and to tell the events', async () => {
    const log = closed();
    await expect(log.load('first', 'decision')).rejects.toBeInstanceOf(LogUnavailableError);
    const lookup = { organisation: 'local', name: 'decision', value: 'x' } as const;
    await expect(log.find(lookup)).rejects.toBeInstanceOf(LogUnavailableError);
    await expect(log.ruleEventsAfter(-1)).rejects.toBeInstanceOf(LogUnavailableError);
  });
});

describe.each(DATABASES)('an entry that cannot be written in %s', (_where, place) => {
  it.each<[string, NewEntry]>([
    ['with an id that is taken', anEntry('first')],
    ['with a hash that is none', anEntry('second', { ruleSetHash: 'abc' })],
    ['with a salt that is none', anEntry('second', { parts: { answer: { salt: 'abc', body: '{}' } } })],
  ])('%s, is refused and leaves nothing behind', async (_what, entry) => {
    const { connection, log } = opened(place());
    await append(log, anEntry('first'));
    await expect(append(log, entry)).rejects.toBeInstanceOf(LogUnavailableError);
    expect([rowsIn(connection, 'log'), rowsIn(connection, 'payload')]).toEqual([1, 1]);
  });

  it('leaves its position to the next one', async () => {
    const { log } = opened(place());
    await append(log, anEntry('first'));
    await expect(append(log, anEntry('first'))).rejects.toBeInstanceOf(LogUnavailableError);
    expect((await append(log, anEntry('second'))).position).toBe(1);
  });

  it('takes no other call with it that comes at the same time', async () => {
    const { connection, log } = opened(place());
    const ids = ['one', 'two', 'two', 'three'];
    const results = await Promise.allSettled(ids.map((id) => append(log, anEntry(id))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(connection.prepare('SELECT position, id FROM log ORDER BY position').raw().all()).toEqual([
      [0, 'one'],
      [1, 'two'],
      [2, 'three'],
    ]);
  });

  it('takes all entries of its own call with it', async () => {
    const { connection, log } = opened(place());
    const refused = log.append(['one', 'two', 'two'].map((id) => anEntry(id)));
    const taken = log.append(['three', 'four'].map((id) => anEntry(id)));
    await expect(refused).rejects.toBeInstanceOf(LogUnavailableError);
    expect((await taken).map(({ id, position }) => [id, position])).toEqual([
      ['three', 0],
      ['four', 1],
    ]);
    expect([rowsIn(connection, 'log'), rowsIn(connection, 'payload')]).toEqual([2, 2]);
  });
});

describe.each(DATABASES)('entries that rest on the events that they know of, in %s', (_where, place) => {
  it.each(RULE_EVENTS)(
    'are refused where there is a later %s, and take no other call with them',
    async (kind) => {
      const { connection, log } = opened(place());
      await append(log, anEntry('event', { kind }));
      const results = await Promise.allSettled([
        log.append([anEntry('knows none')], -1),
        log.append([anEntry('does not care')]),
        log.append([anEntry('knows it')], 0),
      ]);
      expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
      expect(results[0]).toMatchObject({ reason: expect.any(RulesChangedError) as unknown });
      expect(rowsIn(connection, 'log')).toBe(3);
    },
  );

  it('see one that comes just before them in the same commit', async () => {
    const { log } = opened(place());
    const approval = log.append([anEntry('approval', { kind: 'approval' })], -1);
    const late = log.append([anEntry('late')], -1);
    await expect(late).rejects.toBeInstanceOf(RulesChangedError);
    expect(await approval).toMatchObject([{ position: 0 }]);
  });
});

describe.each(DATABASES)('several entries of one call in %s', (_where, place) => {
  it('stand one after the other, in their order, among those of other calls', async () => {
    const { log } = opened(place());
    const calls = [['a', 'b'], ['c'], ['d', 'e', 'f']];
    const entries = await Promise.all(calls.map((ids) => log.append(ids.map((id) => anEntry(id)))));
    expect(entries.flat().map(({ id, position }) => `${id}${String(position)}`)).toEqual([
      ...['a0', 'b1', 'c2', 'd3', 'e4', 'f5'],
    ]);
  });

  it('may be none', async () => {
    const { connection, log } = opened(place());
    expect(await log.append([])).toEqual([]);
    expect(rowsIn(connection, 'log')).toBe(0);
  });
});
