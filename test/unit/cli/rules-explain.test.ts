import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainCommand } from '../../../src/cli/rules-explain-command.js';
import type { JsonValue } from '../../../src/values/json.js';
import { intakeOf, vignetteNames } from '../../support/http.js';
import { tempFolder } from '../../support/sqlite.js';

const NOW = '2026-11-22T09:30:00Z';

const fileOf = (intake: JsonValue): string => {
  const file = join(tempFolder(), 'intake.json');
  writeFileSync(file, JSON.stringify(intake));
  return file;
};

const explained = (intake: JsonValue, rule: string | null = null): readonly string[] =>
  explainCommand('rules', { file: fileOf(intake), rule, now: NOW }, 'text').lines;

describe('rules explain', () => {
  it('shows a rule as a tree of truths, with what is held of each fact', () => {
    const facts = { acuteHeartEvent: true, lastHeartEventDate: '2026' };
    expect(explained({ facts }, 'recent-cardiovascular-event')).toEqual([
      'recent-cardiovascular-event (absolute): Acute cardiovascular event in the last six weeks',
      '  unknown  any',
      '    unknown  all',
      '      true     acuteHeartEvent is true   [true]',
      '      unknown  lastHeartEventDate elapsed <= P42D   [2026]',
      '    unknown  all',
      '      unknown  strokeOrTia is true   [unknown: not-asked]',
      '      unknown  lastStrokeDate elapsed <= P42D   [unknown: not-asked]',
      '',
      expect.stringMatching(/^\d+ rules: \d+ true, \d+ unknown, \d+ false$/),
    ]);
  });

  it('says which gate settled a particular, and why a fact is unknown', () => {
    const facts = { heartDisease: false, activePsychosis: { unknown: 'declined' } };
    expect(explained({ facts }, 'coronary-disease')[1]).toBe(
      '  false    coronaryDisease is true   [false, settled by heartDisease]',
    );
    expect(explained({ facts }, 'active-psychosis')[1]).toBe(
      '  unknown  activePsychosis is true   [unknown: declined]',
    );
  });

  it('shows a derived number, or the ends between which it lies', () => {
    const lines = explained({ facts: {} }, 'audit-c-positive').join('\n');
    expect(lines).toMatch(/auditC >= 4 {3}\[\{"low":0,"high":12\} 1\]/);
  });

  it('shows every rule that is true or unknown where none is named, and counts them all', () => {
    for (const name of vignetteNames().slice(0, 8)) {
      const { lines } = explainCommand(
        'rules',
        { file: fileOf(intakeOf(name)), rule: null, now: NOW },
        'text',
      );
      const [, all = '', one = '', unknown = ''] =
        /^(\d+) rules: (\d+) true, (\d+) unknown/.exec(lines.at(-1) ?? '') ?? [];
      const heads = lines.filter((line) => /^\S+ \((?:absolute|relative|precaution)\): /.test(line));
      expect(heads).toHaveLength(Number(one) + Number(unknown));
      expect(Number(all)).toBeGreaterThan(60);
    }
  });

  it('gives the same as JSON', () => {
    const [json = ''] = explainCommand(
      'rules',
      { file: fileOf({ facts: { delirium: true } }), rule: 'delirium', now: NOW },
      'json',
    ).lines;
    expect(JSON.parse(json)).toEqual({
      items: [
        {
          rule: 'delirium',
          severity: 'absolute',
          explanation: { truth: 'true', says: 'delirium is true', held: { value: true }, parts: [] },
        },
      ],
    });
  });

  it.each<readonly [string, JsonValue, string | null, RegExp]>([
    ['an intake with faults', { facts: { agee: 1 } }, null, /is no fact of ketamine-pain/],
    ['a version that there is not', { ruleSetVersion: '9.9.9' }, null, /no such version/],
    ['a rule that there is not', { facts: {} }, 'no-such-rule', /there is no rule `no-such-rule`/],
  ])('refuses %s', (_what, intake, rule, why) => {
    expect(() => explained(intake, rule)).toThrow(why);
  });

  it('refuses a file that is not there', () => {
    expect(() => explainCommand('rules', { file: 'nothing.json', rule: null, now: NOW }, 'text')).toThrow(
      /nothing.json cannot be read \(ENOENT\)/,
    );
  });
});
