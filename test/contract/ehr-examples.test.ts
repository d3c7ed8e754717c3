import { readFileSync } from 'node:fs';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/values/json.js';
import { validatorFaults } from '../support/fhir-validator.js';
import { bodyOf } from '../support/http.js';
import { aTestApp } from '../support/test-app.js';

const exampleOf = (name: string): string => readFileSync(`examples/${name}`, 'utf8');

describe('the examples for EHRs', () => {
  it('are a sound Bundle, of which unstable angina is read', async () => {
    const text = exampleOf('bundle.json');
    expect(validatorFaults(JSON.parse(text) as JsonObject)).toEqual([]);
    const response = await request((await aTestApp()).url)
      .post('/screen?route=intravenous&phase=first-course')
      .type('application/fhir+json')
      .send(text);
    expect(bodyOf(response)).toMatchObject({ verdict: 'ineligible', unmapped: [] });
    expect(response.text).toContain('"resource":"Condition/c-1"');
  });

  it('are a call of a hook, which is answered with a critical card', async () => {
    const response = await request((await aTestApp()).url)
      .post('/cds-services/ketamine-order-sign')
      .type('application/json')
      .send(exampleOf('hook-call.json'));
    expect(bodyOf(response)).toMatchObject({ cards: [{ indicator: 'critical' }] });
  });
});
