import { describe, expect, it } from 'vitest';
import type { Ports } from '../../src/services/ports.js';
import { ruleLibraryOf } from '../../src/storage/rule-library.js';
import type { Connection } from '../../src/storage/open-database.js';
import { at } from '../support/builders.js';
import { deciderOn, decidingPorts, replayAll } from '../support/log-decisions.js';
import {
  connectionTo,
  damagePayload,
  erasePayload,
  logOn,
  rewritePart,
  tempFolder,
} from '../support/sqlite.js';
import { shippedRules } from '../support/test-app.js';
import { NEWEST, shippedVersion } from '../support/shipped-versions.js';

const INTAKE = { facts: { age: 54, suicidalThoughts: 'not-at-all' } };

type Logged = {
  readonly connection: Connection;
  readonly ports: Ports;
  readonly positions: readonly number[];
};

const positionOf = (connection: Connection, id: string | null): number =>
  Number(connection.prepare('SELECT position FROM log WHERE id = ?').pluck().get(id));

/** A log with so many decisions, the first one at 09:00 and each a minute after the other. */
const aLog = async (count: number): Promise<Logged> => {
  const connection = connectionTo(`${tempFolder()}/log.db`);
  let minute = 0;
  const clock = () => at(`2026-11-22T09:${String(minute).padStart(2, '0')}:00Z`);
  const ports = { ...decidingPorts(connection, shippedRules()), clock };
  const decide = await deciderOn(ports);
  const positions: number[] = [];
  for (; minute < count; minute += 1) positions.push(positionOf(connection, await decide(INTAKE)));
  return { connection, ports, positions };
};

const kindsOf = async (
  ports: Ports,
  ...span: Parameters<typeof replayAll>[1][]
): Promise<readonly string[]> => (await replayAll(ports, ...span)).map(({ kind }) => kind);

describe('decisions that are made again one after the other', () => {
  it('are each of them named, in the order of the log', async () => {
    const { ports, positions } = await aLog(3);
    const all = await replayAll(ports);
    expect(all.map(({ kind, position }) => [kind, position])).toEqual(
      positions.map((position) => ['identical', position]),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(3);
  });

  it('are those from the one time on and before the other', async () => {
    const { ports, positions } = await aLog(5);
    const moment = (minute: number): string => `2026-11-22T09:0${String(minute)}:00.000Z`;
    const inSpan = async (from: string | null, to: string | null): Promise<readonly number[]> =>
      (await replayAll(ports, { from, to })).map(({ position }) => positions.indexOf(position));
    expect(await inSpan(moment(1), moment(3))).toEqual([1, 2]);
    expect(await inSpan(moment(3), null)).toEqual([3, 4]);
    expect(await inSpan(null, moment(1))).toEqual([0]);
    expect(await inSpan(moment(5), null)).toEqual([]);
  });

  it('are all found in a log that is longer than what is read at once', async () => {
    const { connection, ports } = await aLog(1);
    const log = logOn(connection);
    const events = Array.from({ length: 230 }, (_, index) => ({
      id: `event-${String(index)}`,
      at: '2026-11-22T09:30:00.000Z',
      organisation: 'local',
      kind: 'resolution' as const,
      ruleSetHash: 'ab'.repeat(32),
      parts: {},
    }));
    await log.append(events);
    const decide = await deciderOn(ports);
    await decide(INTAKE);
    expect(await kindsOf(ports)).toEqual(['identical', 'identical']);
  });

  it('are not looked for past the end that the log had at the beginning', async () => {
    const { ports } = await aLog(2);
    const decide = await deciderOn(ports);
    const slice: Ports['log']['slice'] = async (asked) => {
      await decide(INTAKE);
      return ports.log.slice(asked);
    };
    expect(await kindsOf({ ...ports, log: { ...ports.log, slice } })).toEqual(['identical', 'identical']);
    expect(await kindsOf(ports)).toHaveLength(3);
  });
});

describe('a decision that cannot be made again', () => {
  it('is erased where nothing of it is left', async () => {
    const { connection, ports, positions } = await aLog(3);
    erasePayload(connection, positions[1] ?? -1);
    expect(await kindsOf(ports)).toEqual(['identical', 'erased', 'identical']);
  });

  it.each([
    ['its data key', null],
    ['a part of it', 'context'],
    ['a part of it that a replay does not look at', 'summary'],
  ])('is damaged where %s does not open, and hides no other', async (_what, part) => {
    const { connection, ports, positions } = await aLog(4);
    damagePayload(connection, positions[1] ?? -1, part);
    const all = await replayAll(ports);
    expect(all.map(({ kind }) => kind)).toEqual(['identical', 'damaged', 'identical', 'identical']);
    expect(all[1]).toMatchObject({
      position: positions[1],
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
    });
  });

  it.each([
    ['is no JSON', 'answer', () => '{"verdict"'],
    ['has no facts', 'intake', () => '{}'],
    ['has no moment', 'context', () => '{}'],
  ])('is unfit where what was kept of it %s', async (_what, part, change) => {
    const { connection, ports, positions } = await aLog(3);
    rewritePart(connection, positions[1] ?? -1, { part, change });
    expect(await kindsOf(ports)).toEqual(['identical', 'unfit', 'identical']);
  });

  it('is unfit where one of its parts was removed', async () => {
    const { connection, ports, positions } = await aLog(2);
    connection.prepare(`DELETE FROM payload WHERE position = ? AND part = 'findings'`).run(positions[0]);
    expect(await kindsOf(ports)).toEqual(['unfit', 'identical']);
  });

  it('has a version that is gone where neither a file nor the log has it', async () => {
    const { connection, ports } = await aLog(2);
    const without = { ...ports, rules: ruleLibraryOf([]) };
    expect(await kindsOf(without)).toEqual(['identical', 'identical']);
    connection.exec(`DELETE FROM payload WHERE part = 'body'`);
    const { sha256 } = shippedVersion(NEWEST);
    expect(await replayAll(without)).toMatchObject([
      { kind: 'version-gone', sha256 },
      { kind: 'version-gone', sha256 },
    ]);
  });
});
