import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RuleSet } from '../../src/rules/rule-set.js';
import { ActivationError, activateAtStart } from '../../src/services/activate.js';
import { LogUnavailableError, type Ports } from '../../src/services/ports.js';
import { sqliteDecisionLog } from '../../src/storage/decision-log.js';
import type { Connection } from '../../src/storage/open-database.js';
import { ruleLibraryOf } from '../../src/storage/rule-library.js';
import { aRuleSet, at, ruleSetOf } from '../support/builders.js';
import { connectionTo, DATABASES, rowsIn } from '../support/sqlite.js';

const draft = ruleSetOf(aRuleSet({ version: '1.0.0-draft' }));
const changedDraft = ruleSetOf(aRuleSet({ version: '1.0.0-draft', title: 'Another title' }));
const released = ruleSetOf(aRuleSet());
const changedRelease = ruleSetOf(aRuleSet({ title: 'Another title' }));
const next = ruleSetOf(aRuleSet({ version: '1.1.0' }));

const portsOn = (connection: Connection, versions: readonly RuleSet[]): Ports => ({
  log: sqliteDecisionLog(connection),
  rules: ruleLibraryOf(versions.map((ruleSet) => ({ ruleSet, cases: [], releases: [], coverage: [] }))),
  clock: () => at('2026-11-22T10:30:00+01:00'),
  chance: { newId: () => randomUUID(), newSalt: () => '01'.repeat(32), newCode: () => '0'.repeat(12) },
  pause: () => Promise.resolve(),
  engine: '1.0.0',
});

/** Starts with some versions. @returns the version that is in force then */
const start = async (connection: Connection, ...versions: readonly RuleSet[]): Promise<RuleSet | null> =>
  (await activateAtStart(portsOn(connection, versions))).of('small-set');

describe.each(DATABASES)('a start on a log in %s', (_where, place) => {
  it('puts a set that never was in force into it, and the log says so', async () => {
    const connection = connectionTo(place());
    expect(await start(connection, released)).toBe(released);
    const [entry] = await sqliteDecisionLog(connection).activations();
    expect(entry).toMatchObject({
      position: 0,
      at: '2026-11-22T09:30:00Z',
      organisation: 'service',
      ruleSetHash: released.sha256,
    });
  });

  it('keeps the whole body of the version with it', async () => {
    const connection = connectionTo(place());
    await start(connection, released);
    const [entry] = await sqliteDecisionLog(connection).activations();
    expect(JSON.parse(entry?.parts.body?.body ?? '')).toEqual(released.body);
    expect(JSON.parse(entry?.parts.activation?.body ?? '')).toEqual({
      ruleSet: 'small-set',
      version: '1.0.0',
    });
  });

  it('adds nothing where that version is in force already', async () => {
    const connection = connectionTo(place());
    await start(connection, released);
    expect(await start(connection, released)).toBe(released);
    expect(rowsIn(connection, 'log')).toBe(1);
  });

  it('puts a changed draft into force, and the log says so', async () => {
    const connection = connectionTo(place());
    await start(connection, draft);
    expect(await start(connection, changedDraft)).toBe(changedDraft);
    const entries = await sqliteDecisionLog(connection).activations();
    expect(entries.map(({ ruleSetHash }) => ruleSetHash)).toEqual([draft.sha256, changedDraft.sha256]);
  });

  it('leaves the version of the log in force where a newer one is loaded', async () => {
    const connection = connectionTo(place());
    await start(connection, released);
    expect(await start(connection, released, next)).toBe(released);
  });

  it('stops where a released version was changed', async () => {
    const connection = connectionTo(place());
    await start(connection, released);
    await expect(start(connection, changedRelease)).rejects.toBeInstanceOf(ActivationError);
    expect(rowsIn(connection, 'log')).toBe(1);
  });

  it('stops where a released version is gone', async () => {
    const connection = connectionTo(place());
    await start(connection, released);
    await expect(start(connection, next)).rejects.toBeInstanceOf(ActivationError);
  });

  it('stops where the log cannot be read', async () => {
    const connection = connectionTo(place());
    const ports = portsOn(connection, [released]);
    connection.close();
    await expect(activateAtStart(ports)).rejects.toBeInstanceOf(LogUnavailableError);
  });

  it('has nothing in force of a set that is not loaded', async () => {
    const inForce = await activateAtStart(portsOn(connectionTo(place()), [released]));
    expect(inForce.of('another-set')).toBeNull();
  });
});
