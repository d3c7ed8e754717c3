import { describe, expect, it } from 'vitest';
import type { ApprovalOutcome } from '../../src/services/approve-version.js';
import { LogUnavailableError, type DecisionLog } from '../../src/services/ports.js';
import { rulebooksIn } from '../../src/services/rulebooks.js';
import type { Connection } from '../../src/storage/open-database.js';
import { approveOn, libraryOf, RELEASED, releasedVersion } from '../support/approve.js';
import { ruleSetOf } from '../support/builders.js';
import { connectionTo, DATABASES, logOn, rowsIn } from '../support/sqlite.js';

const released = releasedVersion();
const renamed = releasedVersion({ title: 'Another title' });
const draft = ruleSetOf({ ...(released.body as object), version: '9.1.0-draft' });
const rules = libraryOf(released, draft);

const faultsOf = (outcome: ApprovalOutcome): readonly string[] =>
  outcome.kind === 'approved' ? ['approved'] : outcome.faults.map(({ code }) => code);

const knownIn = async (connection: Connection) =>
  rulebooksIn({ log: logOn(connection), rules, pause: () => Promise.resolve() });

describe.each(DATABASES)('an approval in %s', (_where, place) => {
  it('is an entry of the log, bound to the SHA-256 of the version', async () => {
    const connection = connectionTo(place());
    expect((await approveOn(connection, rules)).kind).toBe('approved');
    const [entry] = await logOn(connection).ruleEventsAfter(-1);
    expect(entry).toMatchObject({ position: 0, kind: 'approval', ruleSetHash: released.sha256 });
    expect(JSON.parse(entry?.parts.approval?.body ?? '')).toEqual({
      ruleSet: 'ketamine-pain',
      version: RELEASED,
      by: 'Dr A. Example',
      role: 'consultant in pain medicine',
      on: '2026-11-22',
    });
  });

  it('names nobody in the log itself, so that a name can be erased', async () => {
    const connection = connectionTo(place());
    await approveOn(connection, rules);
    expect(JSON.stringify(connection.prepare('SELECT * FROM log').all())).not.toContain('Example');
    connection.exec('DELETE FROM payload; DELETE FROM payload_key');
    expect((await knownIn(connection)).known().approvalsOf(released.sha256)).toEqual([]);
  });

  it('is given by several, and listed in the order of the log', async () => {
    const connection = connectionTo(place());
    await approveOn(connection, rules, { on: '2026-11-20' });
    await approveOn(connection, rules, { by: 'B. Other' });
    await approveOn(connection, rules, { role: 'medical director', on: '2026-11-21' });
    const approvals = (await knownIn(connection)).known().approvalsOf(released.sha256);
    expect(approvals.map(({ by, on }) => `${by} ${on}`)).toEqual([
      'Dr A. Example 2026-11-20',
      'B. Other 2026-11-22',
      'Dr A. Example 2026-11-21',
    ]);
  });

  it('is refused to the same person in the same role, however it is spaced and whichever the day', async () => {
    const connection = connectionTo(place());
    await approveOn(connection, rules, { by: 'Zoë Example' });
    const again = await approveOn(connection, rules, { by: ' Zoe\u0308  Example ', on: '2026-11-01' });
    expect([again.kind, faultsOf(again)]).toEqual(['refused', ['already-approved']]);
    expect(rowsIn(connection, 'log')).toBe(1);
  });

  it('is refused where the log knows another body by the name of the version', async () => {
    const connection = connectionTo(place());
    await approveOn(connection, rules);
    const outcome = await approveOn(connection, libraryOf(renamed), { by: 'B. Other' });
    expect([outcome.kind, faultsOf(outcome)]).toEqual(['refused', ['version-changed']]);
  });
});

describe('an approval that cannot be given', () => {
  it.each([
    ['a draft', { version: '9.1.0-draft' }, 'refused', 'draft-may-change'],
    ['an unknown set', { set: 'nothing' }, 'unfit', 'unknown-version'],
    ['an unknown version', { version: '8.0.0' }, 'unfit', 'unknown-version'],
    ['no name', { by: '  ' }, 'unfit', 'bad-name'],
    ['no role', { role: '' }, 'unfit', 'bad-role'],
    ['a long name', { by: 'a'.repeat(201) }, 'unfit', 'bad-name'],
    ['a long role', { role: 'a'.repeat(201) }, 'unfit', 'bad-role'],
    ['a new line in a name', { by: 'A\nB' }, 'unfit', 'bad-name'],
    ['a turn of the direction of text', { role: 'nurse\u202E' }, 'unfit', 'bad-role'],
    ['a name that looks like two approvals', { by: 'A, b, on 2020-01-01; C' }, 'unfit', 'bad-name'],
    ['tomorrow', { on: '2026-11-23' }, 'unfit', 'day-in-future'],
    ['a day that never was', { on: '2026-02-30' }, 'unfit', 'bad-day'],
    ['a month', { on: '2026-11' }, 'unfit', 'bad-day'],
  ] as const)('is refused for %s, and nothing is stored', async (_what, more, kind, code) => {
    const connection = connectionTo(':memory:');
    const outcome = await approveOn(connection, rules, more);
    expect([outcome.kind, faultsOf(outcome)]).toEqual([kind, [code]]);
    expect(rowsIn(connection, 'log')).toBe(0);
  });

  it('is told with every fault at once', async () => {
    const outcome = await approveOn(connectionTo(':memory:'), rules, { by: '', role: ';', on: 'today' });
    expect(faultsOf(outcome)).toEqual(['bad-name', 'bad-role', 'bad-day']);
  });

  it('takes a name of 200 characters, whatever bytes they are', async () => {
    expect(faultsOf(await approveOn(connectionTo(':memory:'), rules, { by: '𝒜'.repeat(200) }))).toEqual([
      'approved',
    ]);
  });

  it('says of a draft what to do first', async () => {
    const outcome = await approveOn(connectionTo(':memory:'), rules, { version: '9.1.0-draft' });
    expect(JSON.stringify(outcome)).toContain('release it first');
  });
});

/** A log that does not answer: a disk that hangs. */
const silent = (log: DecisionLog): DecisionLog => ({
  ...log,
  ruleEventsAfter: () => new Promise(() => null),
});

const failing = (log: DecisionLog): DecisionLog => ({
  ...log,
  ruleEventsAfter: () => Promise.reject(new LogUnavailableError('locked')),
});

describe('the approvals that a service knows', () => {
  it('follow what another connection writes, and count nothing twice', async () => {
    const connection = connectionTo(':memory:');
    const rulebooks = await knownIn(connection);
    await approveOn(connection, rules);
    expect(rulebooks.known().events.approvals).toEqual([]);
    await Promise.all([rulebooks.read(), rulebooks.latest(), rulebooks.read()]);
    expect([rulebooks.known().upTo, rulebooks.known().events.approvals.length]).toEqual([0, 1]);
  });

  it.each([
    ['hangs', silent],
    ['fails', failing],
  ])('are those that were known last, where the log %s', async (_how, ill) => {
    const connection = connectionTo(':memory:');
    await approveOn(connection, rules);
    const log = logOn(connection);
    let used = log;
    const rulebooks = await rulebooksIn({
      log: { ...log, ruleEventsAfter: (position) => used.ruleEventsAfter(position) },
      rules,
      pause: () => Promise.resolve(),
    });
    used = ill(log);
    expect((await rulebooks.latest()).approvalsOf(released.sha256)).toHaveLength(1);
  });
});
