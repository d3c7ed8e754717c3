import { describe, expect, it } from 'vitest';
import { discoveryOf } from '../../../../src/formats/cds/discovery.js';
import { shippedVersion } from '../../../support/shipped-versions.js';

type Service = {
  readonly id: string;
  readonly hook: string;
  readonly title: string;
  readonly description: string;
  readonly usageRequirements: string;
  readonly prefetch: Readonly<Record<string, string>>;
};

const { services } = discoveryOf(shippedVersion().body) as unknown as {
  readonly services: readonly Service[];
};

const templates = services.flatMap(({ prefetch }) => Object.values(prefetch));

describe('the discovery document (2.1)', () => {
  it('lists the three services, each with its hook', () => {
    expect(services.map(({ id, hook }) => [id, hook])).toEqual([
      ['ketamine-order-select', 'order-select'],
      ['ketamine-order-sign', 'order-sign'],
      ['ketamine-patient-view', 'patient-view'],
    ]);
  });

  it('gives each an id, a hook, a title, a description and what it needs, none of them empty', () => {
    for (const { id, hook, title, description, usageRequirements } of services)
      for (const text of [id, hook, title, description, usageRequirements]) expect(text).toMatch(/\S/);
  });

  it('asks by templates whose only token is the patient', () => {
    expect(templates.length).toBeGreaterThan(30);
    const tokens = templates.flatMap((template) => template.match(/\{\{[^}]*\}\}/g) ?? []);
    expect(new Set(tokens)).toEqual(new Set(['{{context.patientId}}']));
    expect(templates.every((template) => /^[A-Z]\w+[/?]\S+$/.test(template))).toBe(true);
  });

  it('asks in the form that every client can: no list of codes, and a sort as R4 has it', () => {
    expect(templates.filter((template) => /,|_include|sort:desc/.test(template))).toEqual([]);
    expect(templates.filter((template) => template.includes('|'))).toContain(
      'Observation?patient={{context.patientId}}&code=http://loinc.org|85354-9&_sort=-date&_count=20',
    );
  });

  it('holds no null, no empty text, no empty list and no empty object', () => {
    expect(JSON.stringify(services)).not.toMatch(/null|""|\[\]|\{\}(?!")/);
  });
});
