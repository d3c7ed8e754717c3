import { describe, expect, it } from 'vitest';
import { readIntake } from '../../../src/formats/intake/read-intake.js';
import type { JsonValue } from '../../../src/values/json.js';
import { at, aRuleSet, ruleSetOf } from '../../support/builders.js';

const faultsOf = (json: JsonValue): readonly string[] =>
  readIntake(json).issues.map(({ code, pointer }) => `${code} ${pointer}`);

const parsed = (text: string): JsonValue => JSON.parse(text) as JsonValue;

const ID = '0197f3c2-7b1e-7000-8000-000000000001';

describe('an intake', () => {
  it('is read with everything that it may hold', () => {
    const intake = readIntake({
      subject: 'pt-8841',
      asOf: '2026-11-22T09:30:00+01:00',
      ruleSet: 'small-set',
      ruleSetVersion: '1.0.0',
      supersedes: ID,
      retrospective: true,
      facts: {},
    });
    expect(intake).toMatchObject({
      subject: 'pt-8841',
      asOf: { epochMs: Date.UTC(2026, 10, 22, 8, 30), offsetMinutes: 60 },
      ruleSet: 'small-set',
      ruleSetVersion: '1.0.0',
      supersedes: ID,
      retrospective: true,
      issues: [],
    });
  });

  it('is read with nothing at all', () => {
    expect(readIntake({})).toMatchObject({
      subject: null,
      asOf: null,
      ruleSet: null,
      ruleSetVersion: null,
      supersedes: null,
      retrospective: false,
      issues: [],
    });
  });

  it('is kept as it was received', () => {
    const received = { subject: 'pt-8841', facts: { angina: true } };
    expect(readIntake(received).received).toBe(received);
  });
});

describe('an intake is refused', () => {
  it.each<[JsonValue]>([[null], [true], [7], ['{}'], [[]], [[{}]]])('as %j', (json) => {
    expect(faultsOf(json)).toEqual(['wrong-type ']);
  });

  it.each<[string, JsonValue]>([
    ['subject', 'x'.repeat(129)],
    ['subject', ''],
    ['subject', 8841],
    ['subject', null],
    ['ruleSet', 1],
    ['ruleSet', 'x'.repeat(65)],
    ['ruleSetVersion', 1],
    ['supersedes', 'the last one'],
    ['supersedes', true],
    ['retrospective', 'true'],
    ['retrospective', 1],
    ['facts', null],
    ['facts', []],
    ['facts', '{}'],
  ])('with %s of a wrong type', (key, value) => {
    expect(faultsOf({ [key]: value })).toEqual([`wrong-type /${key}`]);
  });

  it.each<[JsonValue]>([
    ['2026-11-22'],
    ['2026-11-22T09:30:00'],
    ['2026-11-22T24:00:00Z'],
    ['2026-02-30T09:30:00Z'],
    ['1899-12-31T23:59:59Z'],
    ['now'],
    [''],
    [1],
    [null],
  ])('with the asOf %j', (asOf) => {
    expect(faultsOf({ asOf })).toEqual(['not-a-time /asOf']);
  });

  it.each(['fact', 'Facts', 'patient', 'asof', 'constructor', 'toString', '__proto__'])(
    'with the unknown key %s',
    (key) => {
      expect(faultsOf(parsed(`{"${key}":{}}`))).toEqual([`unknown-key /${key}`]);
    },
  );

  it('for all its faults at once', () => {
    expect(faultsOf({ subject: 1, asOf: 'now', extra: true, facts: [] })).toEqual([
      'wrong-type /subject',
      'not-a-time /asOf',
      'unknown-key /extra',
      'wrong-type /facts',
    ]);
  });

  it('without telling what was sent', () => {
    const canary = 'canary-4711';
    const { issues } = readIntake({ subject: [canary], asOf: canary, supersedes: canary, facts: canary });
    expect(issues).toHaveLength(4);
    expect(JSON.stringify(issues)).not.toContain(canary);
  });
});

describe('a subject', () => {
  it('may have 128 characters', () => {
    expect(readIntake({ subject: 'x'.repeat(128) })).toMatchObject({ subject: 'x'.repeat(128), issues: [] });
  });
});

describe('the facts of an intake', () => {
  it('are read under the version and at the moment that are given', () => {
    const { body } = ruleSetOf(aRuleSet());
    const intake = readIntake({ facts: { lastAttack: '2026-11-22', angina: true } });
    expect(intake.readFacts(body, at('2026-11-22T00:00:00Z')).issues).toEqual([]);
    expect(intake.readFacts(body, at('2026-11-21T23:59:59Z')).issues).toMatchObject([
      { code: 'after-as-of' },
    ]);
  });

  it('are none where they are no object', () => {
    const { body } = ruleSetOf(aRuleSet());
    expect(readIntake({ facts: [] }).readFacts(body, at('2026-11-22T00:00:00Z')).facts).toEqual({});
  });
});
