import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { releaseCommand } from '../../src/cli/rules-release-command.js';
import { failToStart, startService } from '../support/service.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-start-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const copyOfRules = (): string => {
  const rules = join(folder, 'rules');
  cpSync('rules', rules, { recursive: true });
  return rules;
};

/** A copy that holds the draft alone, and no release. */
const copyOfDraft = (): string => {
  const rules = copyOfRules();
  rmSync(join(rules, 'ketamine-pain/releases'), { recursive: true, force: true });
  return rules;
};

const edit = (file: string, from: string, to: string): void => {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
};

const countOf = (kind: string): number => {
  const database = new Database(join(folder, 'data', 'ketamine-screening.db'), { readonly: true });
  const rows = database.prepare('SELECT count(*) FROM log WHERE kind = ?').pluck().get(kind);
  database.close();
  return Number(rows);
};

const startOnce = async (rulesDir: string): Promise<void> => {
  const service = await startService({ RULES_DIR: rulesDir, DATA_DIR: join(folder, 'data') });
  expect(await service.stop()).toBe(0);
};

describe('starting the service', () => {
  it.each([
    ['HOST', '0.0.0.0'],
    ['PORT', '70000'],
    ['PORT', '3000x'],
    ['LOG_LEVEL', 'loud'],
    ['RELEASE_KEY', 'rules.example.org'],
    ['RELEASE_KEY', ''],
    ['CHECKPOINT_FILE', ''],
    ['RETENTION_DAYS', '0'],
    ['RETENTION_DAYS', '6 years'],
    ['DATABASE_URL', 'postgres://localhost/x'],
    ['RULES_DIR', ''],
    ['DATA_DIR', '/proc/there-is-no-such-folder'],
    ['DATA_DIR', '/no-such-folder/data'],
  ])('stops with one line that names the setting %s=%s', async (name, value) => {
    const { code, stderr } = await failToStart({ [name]: value });
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^ketamine-screening cannot start: ${name} .+\n$`));
  });

  it('stops where a rule has a mistake, and names its file and pointer', async () => {
    const rules = copyOfRules();
    const file = join(rules, 'ketamine-pain/packs/bladder/chronic-cystitis.json');
    edit(file, '"chronicCystitis"', '"chronicCystitiss"');
    const { code, stderr } = await failToStart({ RULES_DIR: rules, DATA_DIR: join(folder, 'data') });
    expect(code).toBe(1);
    expect(stderr).toContain('packs/bladder/chronic-cystitis.json /criterion');
    expect(stderr).toContain('unknown fact `chronicCystitiss`');
  });

  it('puts the rules in force once, and not again at the next start', async () => {
    const rules = copyOfRules();
    await startOnce(rules);
    await startOnce(rules);
    expect(countOf('activation')).toBe(1);
  });

  it('records a draft that was changed as a new activation', async () => {
    const rules = copyOfDraft();
    await startOnce(rules);
    edit(join(rules, 'ketamine-pain/packs/bladder/pack.json'), '"title": "', '"title": "The ');
    await startOnce(rules);
    expect(countOf('activation')).toBe(2);
  });

  it('stops where a released version is not what was put in force', async () => {
    const rules = copyOfDraft();
    const asked = { set: 'ketamine-pain', version: '1.0.0', on: '2026-11-26' };
    const draft = readFileSync(join(rules, 'ketamine-pain/rule-set.json'), 'utf8');
    releaseCommand(rules, asked, 'text');
    await startOnce(rules);
    // Whoever changes a release and its index together deceives the check, and not the log.
    rmSync(join(rules, 'ketamine-pain/releases'), { recursive: true });
    writeFileSync(join(rules, 'ketamine-pain/rule-set.json'), draft);
    edit(join(rules, 'ketamine-pain/packs/bladder/pack.json'), '"title": "', '"title": "The ');
    releaseCommand(rules, asked, 'text');
    const { code, stderr } = await failToStart({ RULES_DIR: rules, DATA_DIR: join(folder, 'data') });
    expect(code).toBe(1);
    expect(stderr).toContain('its files were changed after it was released');
  });

  it('keeps decisions over a restart', async () => {
    const environment = { DATA_DIR: join(folder, 'data') };
    const first = await startService(environment);
    const answer = await fetch(`${first.url}/screen`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"facts":{"activePsychosis":true}}',
    });
    const location = answer.headers.get('location') ?? '';
    const body: unknown = await answer.json();
    expect(await first.stop()).toBe(0);
    const database = join(folder, 'data');
    cpSync(database, join(folder, 'kept'), { recursive: true });
    const second = await startService({ DATA_DIR: join(folder, 'kept') });
    const stored: unknown = await (await fetch(`${second.url}${location}`)).json();
    expect(stored).toMatchObject(Object(body) as object);
    await second.stop();
  });
});
