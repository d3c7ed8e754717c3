import { describe, expect, it } from 'vitest';
import type { RuleSet } from '../../src/rules/rule-set.js';
import { openRulebooks } from '../../src/services/activate.js';
import type { ActivationOutcome } from '../../src/services/activate-version.js';
import type { Rulebook } from '../../src/services/rulebook.js';
import { rulebooksIn } from '../../src/services/rulebooks.js';
import type { Connection } from '../../src/storage/open-database.js';
import { ACTIVATOR, activateOn } from '../support/activate.js';
import { approveOn, eventPortsOn, libraryOf, RELEASED, releasedVersion } from '../support/approve.js';
import { ruleSetOf } from '../support/builders.js';
import { connectionTo, DATABASES, logOn, rowsIn } from '../support/sqlite.js';

const released = releasedVersion();
const renamed = releasedVersion({ title: 'Another title' });
const older = releasedVersion({ version: '8.0.0' });
const draft = ruleSetOf({ ...(released.body as object), version: '9.1.0-draft' });
const rules = libraryOf(older, released, draft);

const faultsOf = (outcome: ActivationOutcome): readonly string[] =>
  outcome.kind === 'activated' ? ['activated'] : outcome.faults.map(({ code }) => code);

const bookOf = async (connection: Connection): Promise<Rulebook> =>
  (await rulebooksIn(eventPortsOn(connection, rules))).known();

const kindsIn = async (connection: Connection): Promise<readonly string[]> =>
  (await logOn(connection).ruleEventsAfter(-1)).map(({ kind }) => kind);

const named = ({ body, sha256 }: RuleSet) => ({ ruleSet: 'ketamine-pain', version: body.version, sha256 });

describe.each(DATABASES)('an activation in %s', (_where, place) => {
  it('is an entry of the log, bound to the SHA-256 of the version, with who and why', async () => {
    const connection = connectionTo(place());
    const outcome = await activateOn(connection, rules);
    const [, entry] = await logOn(connection).ruleEventsAfter(-1);
    expect(entry).toMatchObject({ position: 1, kind: 'activation', ruleSetHash: released.sha256 });
    expect(JSON.parse(entry?.parts.activation?.body ?? '')).toEqual({
      ruleSet: 'ketamine-pain',
      version: RELEASED,
      ...ACTIVATOR,
    });
    expect(outcome).toEqual({
      kind: 'activated',
      activation: { ...named(released), ...ACTIVATOR, at: '2026-11-22T09:30:00.000Z' },
      before: null,
      isRollback: false,
      approvals: [],
    });
  });

  it('registers a version that the log does not know in the same append, and no other', async () => {
    const connection = connectionTo(place());
    await activateOn(connection, rules);
    await activateOn(connection, rules, { version: '8.0.0' });
    await activateOn(connection, rules);
    const entries = await logOn(connection).ruleEventsAfter(-1);
    expect(entries.map(({ kind, ruleSetHash }) => [kind, ruleSetHash])).toEqual([
      ['registration', released.sha256],
      ['activation', released.sha256],
      ['registration', older.sha256],
      ['activation', older.sha256],
      ['activation', released.sha256],
    ]);
    expect(JSON.parse(entries[2]?.parts.body?.body ?? '')).toEqual(older.body);
  });

  it('says what was in force before, and whether it is a rollback', async () => {
    const connection = connectionTo(place());
    await activateOn(connection, rules, { version: '8.0.0' });
    expect(await activateOn(connection, rules)).toMatchObject({ before: named(older), isRollback: false });
    expect(await activateOn(connection, rules, { version: '8.0.0' })).toMatchObject({
      before: named(released),
      isRollback: true,
    });
    expect((await bookOf(connection)).inForce('ketamine-pain')).toBe(older);
  });

  it('says who approved the version, which nobody need have', async () => {
    const connection = connectionTo(place());
    await approveOn(connection, rules);
    expect(await activateOn(connection, rules)).toMatchObject({ approvals: [{ by: 'Dr A. Example' }] });
  });

  it('is refused where the version is in force already, and nothing is stored', async () => {
    const connection = connectionTo(place());
    await activateOn(connection, rules);
    const again = await activateOn(connection, rules, { by: 'C. Other' });
    expect([again.kind, faultsOf(again)]).toEqual(['refused', ['already-in-force']]);
    expect(rowsIn(connection, 'log')).toBe(2);
  });

  it('is refused where the log knows another body by the name of the version, and nothing is stored', async () => {
    const connection = connectionTo(place());
    await activateOn(connection, rules);
    await activateOn(connection, rules, { version: '8.0.0' });
    const outcome = await activateOn(connection, libraryOf(renamed));
    expect([outcome.kind, faultsOf(outcome)]).toEqual(['refused', ['version-changed']]);
    expect(rowsIn(connection, 'log')).toBe(4);
  });

  it('is told with the life of the version; nobody is named where the service did it at a start', async () => {
    const connection = connectionTo(place());
    await openRulebooks({ ...eventPortsOn(connection, rules), engine: '1.0.0' });
    await activateOn(connection, rules, { version: '8.0.0' });
    const book = await bookOf(connection);
    const at = '2026-11-22T09:30:00.000Z';
    expect(book.lifecycleOf(released).inForce).toEqual([
      { from: at, to: at, by: null, role: null, reason: null },
    ]);
    expect(book.lifecycleOf(older).inForce).toEqual([{ from: at, to: null, ...ACTIVATOR }]);
  });

  it('stays where its name is erased: then nobody is named', async () => {
    const connection = connectionTo(place());
    await activateOn(connection, rules, { version: '8.0.0' });
    await activateOn(connection, rules);
    expect(JSON.stringify(connection.prepare('SELECT * FROM log').all())).not.toContain('Example');
    connection.exec('DELETE FROM payload WHERE position = 3; DELETE FROM payload_key WHERE position = 3');
    const book = await bookOf(connection);
    expect(book.inForce('ketamine-pain')).toBe(released);
    expect(book.lifecycleOf(released).inForce).toMatchObject([{ to: null, by: null, reason: null }]);
  });
});

describe('an activation that cannot be had', () => {
  it.each([
    ['a draft', { version: '9.1.0-draft' }, 'refused', 'draft-may-change'],
    ['an unknown set', { set: 'nothing' }, 'unfit', 'unknown-version'],
    ['an unknown version', { version: '7.0.0' }, 'unfit', 'unknown-version'],
    ['no name', { by: '  ' }, 'unfit', 'bad-name'],
    ['no role', { role: '' }, 'unfit', 'bad-role'],
    ['no reason', { reason: ' ' }, 'unfit', 'bad-reason'],
    ['a long name', { by: 'a'.repeat(201) }, 'unfit', 'bad-name'],
    ['a long reason', { reason: 'a'.repeat(1001) }, 'unfit', 'bad-reason'],
    ['a reason of two lines', { reason: 'one\ntwo' }, 'unfit', 'bad-reason'],
    ['a turn of the direction of text', { reason: 'because\u202E' }, 'unfit', 'bad-reason'],
    ['a semicolon in a name', { by: 'A; B' }, 'unfit', 'bad-name'],
  ] as const)('is refused for %s, and nothing is stored', async (_what, more, kind, code) => {
    const connection = connectionTo(':memory:');
    const outcome = await activateOn(connection, rules, more);
    expect([outcome.kind, faultsOf(outcome)]).toEqual([kind, [code]]);
    expect(rowsIn(connection, 'log')).toBe(0);
  });

  it('is told with every fault at once', async () => {
    const outcome = await activateOn(connectionTo(':memory:'), rules, { by: '', role: ';', reason: '' });
    expect(faultsOf(outcome)).toEqual(['bad-name', 'bad-role', 'bad-reason']);
  });

  it('keeps name, role and reason in one form; a reason may have a semicolon and 1,000 characters', async () => {
    const reason = `one; two ${'𝒜'.repeat(991)}`;
    const asked = { by: ' Zoe\u0308  Example ', role: ' nurse', reason: ` ${reason} ` };
    expect(await activateOn(connectionTo(':memory:'), rules, asked)).toMatchObject({
      activation: { by: 'Zoë Example', role: 'nurse', reason },
    });
  });
});

describe('events that come at the same time, each on a connection of its own', () => {
  it.each(DATABASES.slice(0, 1))('put a version in force once in %s', async (_where, place) => {
    const file = place();
    const connections = Array.from({ length: 6 }, () => connectionTo(file));
    const outcomes = await Promise.all(connections.map((connection) => activateOn(connection, rules)));
    expect(outcomes.map(faultsOf).flat().toSorted()).toEqual([
      'activated',
      ...Array<string>(5).fill('already-in-force'),
    ]);
    expect(await kindsIn(connectionTo(file))).toEqual(['registration', 'activation']);
  });

  it.each(DATABASES.slice(0, 1))(
    'are all written in %s, and each says what stood before it',
    async (_where, place) => {
      const file = place();
      await activateOn(connectionTo(file), rules, { version: '8.0.0' });
      const [outcome] = await Promise.all([
        activateOn(connectionTo(file), rules),
        ...['A', 'B', 'C'].map((by) => approveOn(connectionTo(file), rules, { by })),
        openRulebooks({ ...eventPortsOn(connectionTo(file), rules), engine: '1.0.0' }),
      ]);
      const events = await logOn(connectionTo(file)).ruleEventsAfter(-1);
      const place2 = events.findLastIndex(({ kind }) => kind === 'activation');
      const approvedBefore = events.slice(0, place2).filter(({ kind }) => kind === 'approval').length;
      expect(events.filter(({ kind }) => kind === 'approval')).toHaveLength(3);
      expect(events[place2]?.ruleSetHash).toBe(released.sha256);
      expect(outcome).toMatchObject({ kind: 'activated', before: named(older) });
      expect(outcome.kind === 'activated' && outcome.approvals.length).toBe(approvedBefore);
      expect((await bookOf(connectionTo(file))).events.registrations).toHaveLength(3);
    },
  );
});
