import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RuleSet } from '../../src/rules/rule-set.js';
import { activationOf, ActivationError, openRulebooks, registrationOf } from '../../src/services/activate.js';
import { LogUnavailableError, type Ports } from '../../src/services/ports.js';
import type { Connection } from '../../src/storage/open-database.js';
import { rulebooksIn } from '../../src/services/rulebooks.js';
import { ruleLibraryOf } from '../../src/storage/rule-library.js';
import { aRuleSet, at, ruleSetOf } from '../support/builders.js';
import { connectionTo, DATABASES, logOn, rowsIn, SIGNER, subjectHash } from '../support/sqlite.js';

const draft = ruleSetOf(aRuleSet({ version: '1.0.0-draft' }));
const changedDraft = ruleSetOf(aRuleSet({ version: '1.0.0-draft', title: 'Another title' }));
const released = ruleSetOf(aRuleSet());
const changedRelease = ruleSetOf(aRuleSet({ title: 'Another title' }));
const next = ruleSetOf(aRuleSet({ version: '1.1.0' }));
const changedNext = ruleSetOf(aRuleSet({ version: '1.1.0', title: 'Another title' }));

const portsOn = (connection: Connection, versions: readonly RuleSet[]): Ports => ({
  log: logOn(connection),
  rules: ruleLibraryOf(versions.map((ruleSet) => ({ ruleSet, cases: [], releases: [], coverage: [] }))),
  clock: () => at('2026-11-22T10:30:00+01:00'),
  chance: { newId: () => randomUUID(), newSalt: () => '01'.repeat(32), newCode: () => '0'.repeat(12) },
  pause: () => Promise.resolve(),
  subjectHash,
  signer: SIGNER,
  engine: '1.0.0',
});

/** Starts with some versions. @returns the version that is in force then */
const start = async (connection: Connection, ...versions: readonly RuleSet[]): Promise<RuleSet | null> =>
  (await openRulebooks(portsOn(connection, versions))).known().inForce('small-set');

/** The events of the log: kind and fingerprint of each. */
const eventsIn = async (connection: Connection): Promise<readonly string[]> =>
  (await logOn(connection).ruleEventsAfter(-1)).map(({ kind, ruleSetHash }) => `${kind} ${ruleSetHash}`);

describe.each(DATABASES)('a start on a log in %s', (_where, place) => {
  it('registers a version and puts its set into force, and the log says so', async () => {
    const connection = connectionTo(place());
    expect(await start(connection, released)).toBe(released);
    const entries = await logOn(connection).ruleEventsAfter(-1);
    expect(entries.map(({ kind }) => kind)).toEqual(['registration', 'activation']);
    expect(entries[1]).toMatchObject({
      position: 1,
      at: '2026-11-22T09:30:00.000Z',
      organisation: 'service',
      ruleSetHash: released.sha256,
    });
  });

  it('keeps the whole body of each version with its registration', async () => {
    const connection = connectionTo(place());
    await start(connection, released, next);
    const [entry, second] = await logOn(connection).ruleEventsAfter(-1);
    expect(JSON.parse(entry?.parts.body?.body ?? '')).toEqual(released.body);
    expect(JSON.parse(second?.parts.body?.body ?? '')).toEqual(next.body);
    expect(JSON.parse(entry?.parts.registration?.body ?? '')).toEqual({
      ruleSet: 'small-set',
      version: '1.0.0',
      releasedOn: null,
    });
  });

  it('adds nothing where that version is in force already', async () => {
    const connection = connectionTo(place());
    await start(connection, released);
    expect(await start(connection, released)).toBe(released);
    expect(rowsIn(connection, 'log')).toBe(2);
  });

  it('registers a changed draft and puts it into force, and the log says so', async () => {
    const connection = connectionTo(place());
    await start(connection, draft);
    expect(await start(connection, changedDraft)).toBe(changedDraft);
    expect(await eventsIn(connection)).toEqual([
      `registration ${draft.sha256}`,
      `activation ${draft.sha256}`,
      `registration ${changedDraft.sha256}`,
      `activation ${changedDraft.sha256}`,
    ]);
  });

  it('leaves the version of the log in force where a newer one is loaded, and registers that', async () => {
    const connection = connectionTo(place());
    await start(connection, released);
    expect(await start(connection, released, next)).toBe(released);
    expect((await eventsIn(connection)).at(-1)).toBe(`registration ${next.sha256}`);
  });

  it('stops where a released version was changed, in force or not', async () => {
    const connection = connectionTo(place());
    await start(connection, released, next);
    await expect(start(connection, changedRelease, next)).rejects.toBeInstanceOf(ActivationError);
    await expect(start(connection, released, changedNext)).rejects.toBeInstanceOf(ActivationError);
    expect(rowsIn(connection, 'log')).toBe(3);
  });

  it('stops where the released version in force is gone', async () => {
    const connection = connectionTo(place());
    await start(connection, released);
    await expect(start(connection, next)).rejects.toBeInstanceOf(ActivationError);
  });

  it('stops where the log cannot be read', async () => {
    const connection = connectionTo(place());
    const ports = portsOn(connection, [released]);
    connection.close();
    await expect(openRulebooks(ports)).rejects.toBeInstanceOf(LogUnavailableError);
  });

  it('has nothing in force of a set that is not loaded', async () => {
    const rulebooks = await openRulebooks(portsOn(connectionTo(place()), [released]));
    expect(rulebooks.known().inForce('another-set')).toBeNull();
  });

  it('still tells of a release that is not in force and whose file is gone', async () => {
    const connection = connectionTo(place());
    await start(connection, released);
    await start(connection, released, next);
    const book = (await openRulebooks(portsOn(connection, [released]))).known();
    expect(book.all().map(({ body }) => body.version)).toEqual(['1.0.0', '1.1.0']);
    expect(book.findByHash(next.sha256)?.body).toEqual(next.body);
    expect(book.lifecycleOf(next)).toMatchObject({ isInForce: false, inForce: [] });
  });

  it('still finds a draft of old by its fingerprint, and by nothing else', async () => {
    const connection = connectionTo(place());
    await start(connection, draft);
    const book = (await openRulebooks(portsOn(connection, [changedDraft]))).known();
    expect(book.findByHash(draft.sha256)?.body).toEqual(draft.body);
    expect(book.all()).toEqual([changedDraft]);
    expect(book.find('small-set', '1.0.0-draft')).toBe(changedDraft);
  });

  it('has no version in force, and none of before, where nothing is left of the last activation', async () => {
    const connection = connectionTo(place());
    await start(connection, released);
    const known = portsOn(connection, [released, next]);
    await logOn(connection).append([registrationOf(next, known), activationOf(next, known)]);
    const gone = [2, 3].map(String).join();
    connection.exec(`DELETE FROM payload WHERE position IN (${gone})`);
    connection.exec(`DELETE FROM payload_key WHERE position IN (${gone})`);
    const book = (await rulebooksIn(portsOn(connection, [released]))).known();
    expect(book.inForce('small-set')).toBeNull();
    await expect(start(connection, released)).rejects.toBeInstanceOf(ActivationError);
  });
});
