import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { readIntake } from '../../../src/formats/intake/read-intake.js';
import { referenceTo, wireSchemas } from '../../../src/formats/wire-schemas.js';
import type { JsonObject } from '../../../src/values/json.js';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

const allows = ajv.compile({ ...referenceTo('Intake'), components: { schemas: wireSchemas() } });

const text = JSON.stringify(wireSchemas());

describe('the shapes of the wire', () => {
  it('refer to each other and to nothing else', () => {
    const names = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => !Object.hasOwn(wireSchemas(), name))).toEqual([]);
    expect(/"\$ref":"(?!#\/components\/schemas\/)/.exec(text)).toBeNull();
  });

  it('are told in words, each of them', () => {
    const silent = Object.entries(wireSchemas()).filter(
      ([, { description }]) => typeof description !== 'string',
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it('are made anew each time, and are the same', () => {
    expect(wireSchemas()).toEqual(wireSchemas());
  });
});

describe('the shape of an intake', () => {
  it.each(readdirSync('test/vignettes'))('allows the whole patient %s', (file) => {
    const { intake } = JSON.parse(readFileSync(`test/vignettes/${file}`, 'utf8')) as { intake: JsonObject };
    expect([allows(intake), allows.errors]).toEqual([true, null]);
  });

  it.each<readonly [what: string, intake: unknown]>([
    ['something that is no object', []],
    ['an unknown key', { colour: 'blue' }],
    ['null for a key', { subject: null }],
    ['a subject that is too long', { subject: 'x'.repeat(129) }],
    ['a time without an offset', { asOf: '2026-11-22T09:30:00' }],
    ['text for yes', { retrospective: 'true' }],
    ['an id that is none', { supersedes: 'the last one' }],
    ['facts in a list', { facts: [] }],
  ])('refuses %s, as the reader does', (_what, intake) => {
    expect(allows(intake)).toBe(false);
    expect(readIntake(intake as JsonObject).issues).not.toEqual([]);
  });

  it.each<readonly [what: string, fact: unknown]>([
    ['an object of no known form', { high: 1 }],
    ['a reason that is not sent', { unknown: 'stale' }],
    ['a reason beside something else', { unknown: 'declined', value: 1 }],
    ['a number with its unit and more', { value: 1, unit: 'mm[Hg]', sure: true }],
    ['a list that does not say whether it is complete', { codes: [] }],
    ['an empty code', ['']],
    ['a reading without a time', [{ systolic: 120, diastolic: 80 }]],
    ['a reading in an object of its own', [{ takenAt: '2026-01-01', systolic: { value: 120 } }]],
  ])('refuses %s as a fact', (_what, fact) => {
    expect(allows({ facts: { anything: fact } })).toBe(false);
  });

  it('refuses an id that no fact can have', () => {
    expect(allows({ facts: { 'blood-pressure': 1 } })).toBe(false);
  });
});
