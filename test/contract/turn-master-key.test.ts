import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databaseFileIn } from '../../src/storage/database-file.js';
import { sealingIn } from '../../src/storage/keys-at-rest.js';
import { masterKeyFileIn, masterKeyOf, type MasterKeySource } from '../../src/storage/master-key-source.js';
import { masterKeyText, newMasterKey, type MasterKey } from '../../src/storage/master-key.js';
import { openServiceKeys, serviceKeysUnder, type ServiceKeys } from '../../src/storage/service-keys.js';
import { masterTurn, type TurnAsked } from '../../src/storage/turn-master-key.js';
import { fileSource, newSaid, saidBy } from '../support/master-keys.js';
import { copyOf, dataFolder, tempFolder } from '../support/sqlite.js';

const NAMES = ['payload.key', 'checkpoint.key'] as const;

/** A folder of a service, and the change of its master key that is asked for. */
type Case = { readonly folder: string; readonly asked: TurnAsked };

const sealedFolder = (source: MasterKeySource | null): string => {
  const folder = tempFolder();
  openServiceKeys(folder, databaseFileIn(folder), source);
  writeFileSync(databaseFileIn(folder), '');
  return folder;
};

const plainFolder = (): string => {
  const { dataDir } = dataFolder();
  return dataDir;
};

const CASES: Readonly<Record<string, () => Case>> = {
  'one of the folder for a new one of the folder': () => ({
    folder: sealedFolder(null),
    asked: { present: null, next: null },
  }),
  'one of the folder for one that is named': () => ({
    folder: sealedFolder(null),
    asked: { present: null, next: newSaid().source },
  }),
  'one that is named for another': () => {
    const { source } = newSaid();
    return { folder: sealedFolder(source), asked: { present: source, next: newSaid().source } };
  },
  'none for a new one of the folder': () => ({
    folder: plainFolder(),
    asked: { present: null, next: null },
  }),
  'none for one that is named': () => ({
    folder: plainFolder(),
    asked: { present: null, next: newSaid().source },
  }),
  'none for the one of now': () => ({
    folder: plainFolder(),
    asked: { present: newSaid().source, next: null },
  }),
};

const kinds = Object.keys(CASES);

const caseOf = (kind: string): Case => {
  const made = CASES[kind]?.();
  if (made === undefined) throw new Error(`there is no case ${kind}`);
  return made;
};

const secretsOf = ({ secret, signing }: ServiceKeys): readonly string[] => [
  secret.toString('hex'),
  signing.export({ type: 'pkcs8', format: 'pem' }).toString(),
];

/** What a service has that is started on a folder now; null where it cannot start. */
const startedWith = (folder: string, source: MasterKeySource | null): readonly string[] | null => {
  try {
    return secretsOf(openServiceKeys(folder, databaseFileIn(folder), source));
  } catch {
    return null;
  }
};

/** What a folder opens to with one of the settings of a change: those of before, or those of after. */
const openedWithOne = ({ folder, asked }: Case): readonly string[] | null =>
  startedWith(folder, asked.present) ?? startedWith(folder, asked.next);

const STEPS = 7;

const stopped = Array.from({ length: STEPS + 1 }, (_, steps) => steps);

const each = kinds.flatMap((kind) => stopped.map((steps) => [kind, steps] as const));

const masterNow = ({ folder, asked }: Case): MasterKey | null =>
  masterKeyOf(folder, asked.next ?? asked.present);

const expectSealedBy = (folder: string, master: MasterKey | null): void => {
  expect(sealingIn(folder)).toEqual(NAMES.map((name) => ({ name, masters: [master?.id] })));
};

describe('a change of the master key', () => {
  it.each(kinds)('of %s has the keys sealed by the next one alone, and changes none of them', (kind) => {
    const { folder, asked } = caseOf(kind);
    const before = startedWith(folder, asked.present);
    const { steps, to, isInFolder } = masterTurn(folder, asked);
    expect(steps).toHaveLength(STEPS);
    for (const step of steps) step();
    const master = masterNow({ folder, asked });
    expect([master?.id, isInFolder]).toEqual([to, existsSync(masterKeyFileIn(folder))]);
    expectSealedBy(folder, master);
    expect(before).not.toBeNull();
    expect(startedWith(folder, asked.next ?? asked.present)).toEqual(before);
    expect(readdirSync(folder).filter((name) => /[.]next|[.][0-9a-f]{16}$/.test(name))).toEqual([]);
  });

  it.each(each)(
    'of %s that was stopped after %i steps opens with one of the two, and can be ended',
    (kind, steps) => {
      const { folder, asked } = caseOf(kind);
      const before = startedWith(folder, asked.present);
      for (const step of masterTurn(folder, asked).steps.slice(0, steps)) step();
      expect(openedWithOne({ folder, asked })).toEqual(before);
      if (steps === STEPS) return;
      if (asked.present !== null && asked.next === null && steps === STEPS - 1) {
        // Nothing is left to do, and it says so.
        expect(() => masterTurn(folder, asked)).toThrow(
          /^the keys are sealed by the master key of now alone/,
        );
        return;
      }
      // Asked for again, with the settings of before the first time, and stopped once more.
      for (const more of stopped) {
        const again = { folder: copyOf(folder), asked };
        for (const step of masterTurn(again.folder, asked).steps.slice(0, more)) step();
        expect(openedWithOne(again), `and after ${String(more)} more`).toEqual(before);
      }
      for (const step of masterTurn(folder, asked).steps) step();
      expectSealedBy(folder, masterNow({ folder, asked }));
      expect(startedWith(folder, asked.next ?? asked.present)).toEqual(before);
    },
  );

  it.each(kinds)('of %s removes what writes that were cut left behind', (kind) => {
    const { folder, asked } = caseOf(kind);
    const left = [...NAMES, 'master.key', 'master.key.next'].map((name) => `${name}.0123456789abcdef`);
    for (const name of left) writeFileSync(join(folder, name), 'half a key', { mode: 0o600 });
    writeFileSync(join(folder, 'payload.key.bak'), 'of someone', { mode: 0o600 });
    for (const step of masterTurn(folder, asked).steps) step();
    const names = readdirSync(folder);
    expect(names.filter((name) => left.includes(name))).toEqual([]);
    expect(names).toContain('payload.key.bak');
  });

  it('changes nothing before its first step', () => {
    for (const kind of kinds) {
      const { folder, asked } = caseOf(kind);
      const all = () => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'base64')]);
      const before = all();
      masterTurn(folder, asked);
      expect(all()).toEqual(before);
    }
  });

  it('is ended by the setting of after, where that was changed already', () => {
    const [old, next] = [newSaid(), newSaid()];
    for (const steps of stopped.slice(2, STEPS - 2)) {
      const folder = sealedFolder(old.source);
      for (const step of masterTurn(folder, { present: old.source, next: next.source }).steps.slice(0, steps))
        step();
      const opened = startedWith(folder, next.source);
      if (opened === null) continue;
      for (const step of masterTurn(folder, { present: next.source, next: null }).steps) step();
      expectSealedBy(folder, next.master);
      expect(startedWith(folder, old.source)).toBeNull();
    }
  });
});

describe('no change of the master key', () => {
  it('is made where the master key of now does not open the keys', () => {
    const folder = sealedFolder(newSaid().source);
    const asked = { present: newSaid().source, next: newSaid().source };
    expect(() => masterTurn(folder, asked)).toThrow(/is sealed by the master key/);
    expect(() => masterTurn(folder, { present: null, next: null })).toThrow(/and none is given|is sealed by/);
  });

  it('is made to the one of now, nor to one that is not named where it cannot lie in the folder', () => {
    const { master, source } = newSaid();
    const folder = sealedFolder(source);
    expect(() => masterTurn(folder, { present: source, next: saidBy(master) })).toThrow(/nothing to rotate/);
    expect(() => masterTurn(folder, { present: source, next: null })).toThrow(/must be named/);
  });

  it('removes the only copy of the next one, wherever that lies', () => {
    for (const name of ['master.key', 'master.key.next', 'elsewhere']) {
      const { source } = newSaid();
      const folder = sealedFolder(source);
      const next = newMasterKey();
      writeFileSync(join(folder, name), masterKeyText(next), { mode: 0o600 });
      const asked = { present: source, next: fileSource(join(folder, name)) };
      for (const step of masterTurn(folder, asked).steps) step();
      expect(masterKeyOf(folder, asked.next)).toEqual(next);
      expect(serviceKeysUnder(folder, [next]).secret).toHaveLength(32);
    }
  });

  it('goes on where another one runs', () => {
    const folder = sealedFolder(null);
    const [first] = masterTurn(folder, { present: null, next: null }).steps;
    masterTurn(folder, { present: null, next: null }).steps[0]?.();
    expect(first).toThrow(/another rotation runs/);
    rmSync(join(folder, 'master.key.next'));
    expect(startedWith(folder, null)).not.toBeNull();
  });
});
