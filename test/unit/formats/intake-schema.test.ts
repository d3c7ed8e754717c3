import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { intakeSchema } from '../../../src/formats/intake/intake-schema.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/values/json.js';
import { aRuleSet, ruleSetOf } from '../../support/builders.js';
import { readSmall } from './read-small.js';

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const schema = intakeSchema(ruleSetOf(aRuleSet()).body);
const validate = ajv.compile(schema);

const takes = (facts: JsonObject): boolean => validate({ facts });

const reading = { systolic: 168, diastolic: 96, takenAt: '2026-11-20T10:00:00Z' };

const GOOD: readonly (readonly [string, JsonValue])[] = [
  ['angina', true],
  ['angina', null],
  ['angina', { unknown: 'declined' }],
  ['age', 54],
  ['age', { value: 54, unit: 'a' }],
  ['urgency', 3],
  ['route', 'oral'],
  ['medicines', ['9999']],
  ['allergies', { codes: ['nuts'], complete: false }],
  ['lastAttack', '2026-10'],
  ['pressure', []],
  ['pressure', [reading, { ...reading, systolic: null, takenAt: '2026-11' }]],
  ['pressure', [{ ...reading, systolic: 22.4, diastolic: 12.8, unit: 'kPa' }]],
];

const BAD: readonly (readonly [string, JsonValue])[] = [
  ['anginna', true],
  ['meanSystolic', 166],
  ['angina', 'true'],
  ['angina', { unknown: 'lazy' }],
  ['angina', { unknown: 'declined', value: true }],
  ['age', '54'],
  ['age', 131],
  ['age', { value: 54, unit: 'years' }],
  ['urgency', 2.5],
  ['route', 'nasal'],
  ['allergies', ['dust']],
  ['allergies', { codes: [] }],
  ['medicines', ['']],
  ['lastAttack', '22.11.2026'],
  ['pressure', [{ ...reading, pulse: 70 }]],
  ['pressure', [{ systolic: 168, takenAt: '2026-11-20T10:00:00Z' }]],
  ['pressure', [{ ...reading, unit: 'mmHg' }]],
  ['pressure', [{ ...reading, takenAt: 'noon' }]],
  ['pressure', Array.from({ length: 201 }, () => reading)],
];

describe('the intake schema', () => {
  it.each(GOOD)('takes %s as %j, as the reader does', (id, value) => {
    expect([takes({ [id]: value }), readSmall({ [id]: value }).issues]).toEqual([true, []]);
  });

  it.each(BAD)('refuses %s as %j, as the reader does', (id, value) => {
    expect(takes({ [id]: value })).toBe(false);
    expect(readSmall({ [id]: value }).issues).not.toEqual([]);
  });

  it.each<[JsonObject, boolean]>([
    [{}, true],
    [{ subject: 'pt-8841', asOf: '2026-11-22T09:30:00Z', ruleSet: 'a', ruleSetVersion: '1.0.0' }, true],
    [{ supersedes: '0197f3c2-7b1e-7000-8000-000000000001', retrospective: true }, true],
    [{ subject: 'x'.repeat(129) }, false],
    [{ asOf: '2026-11-22' }, false],
    [{ supersedes: 'x' }, false],
    [{ retrospective: 'true' }, false],
    [{ patient: 'x' }, false],
  ])('says of %j: %s', (intake, isValid) => {
    expect(validate(intake)).toBe(isValid);
  });

  it('asks every question that is sent, in plain words, and no other', () => {
    const sent = ruleSetOf(aRuleSet()).body.facts.filter(({ type }) => type !== 'derived');
    const { properties } = schema;
    const facts = isJsonObject(properties ?? null)
      ? (properties as { facts: { properties: object } }).facts
      : null;
    expect(Object.keys(facts?.properties ?? {})).toEqual(sent.map(({ id }) => id));
    expect(facts?.properties).toMatchObject({ angina: { title: 'What of angina?' } });
  });

  it('names its version', () => {
    expect(schema.$id).toBe('urn:ketamine-screening:intake:small-set:1.0.0');
  });
});
