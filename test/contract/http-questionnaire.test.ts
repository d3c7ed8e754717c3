import request, { type Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/values/json.js';
import { bodyOf, intakeOf, vignetteNames } from '../support/http.js';
import { allItems, itemsOf } from '../support/questionnaire-form.js';
import { NEWEST } from '../support/shipped-versions.js';
import { aTestApp } from '../support/test-app.js';

const FHIR_JSON = 'application/fhir+json';

const get = async (query = '', headers: Record<string, string> = {}): Promise<Response> =>
  request((await aTestApp()).url)
    .get(`/intake/questionnaire${query}`)
    .set(headers);

describe('GET /intake/questionnaire', () => {
  it('asks what the intake schema takes', async () => {
    const { url } = await aTestApp();
    const schema = bodyOf(await request(url).get('/intake/schema')) as {
      properties: { facts: { properties: JsonObject } };
    };
    const asked = allItems(itemsOf(bodyOf(await request(url).get('/intake/questionnaire'))));
    const ids = asked.map(({ linkId }) => linkId).filter((linkId) => !/[.:]/.test(linkId));
    expect(ids.toSorted()).toEqual(Object.keys(schema.properties.facts.properties).toSorted());
  });

  it.each(['1.0.0', NEWEST])('of %s asks every fact of the whole patients of it', async (version) => {
    const ids = allItems(itemsOf(bodyOf(await get(`?version=${version}`)))).map(({ linkId }) => linkId);
    const facts = vignetteNames()
      .map(intakeOf)
      .filter(({ ruleSetVersion }) => ruleSetVersion === version)
      .flatMap((intake) => Object.keys((intake.facts ?? {}) as JsonObject));
    expect(facts.length).toBeGreaterThan(1000);
    expect(facts.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('names the version that it belongs to by its fingerprint', async () => {
    const { url } = await aTestApp();
    const version = bodyOf(await request(url).get(`/rules/ketamine-pain/versions/${NEWEST}`));
    expect(bodyOf(await request(url).get('/intake/questionnaire'))).toMatchObject({
      url: 'urn:ketamine-screening:questionnaire:ketamine-pain',
      version: NEWEST,
      status: 'active',
      identifier: [{ value: version.sha256 }],
    });
  });

  it.each(['?ruleSet=nothing', '?version=0.0.1'])(
    'is not there for %s, which a client of FHIR is told in its own words',
    async (query) => {
      const response = await get(query, { accept: FHIR_JSON });
      expect([response.status, response.type]).toEqual([404, FHIR_JSON]);
    },
  );
});

describe('to a client of the questionnaire that accepts', () => {
  it.each(['application/fhir+xml;q=0.5, application/fhir+json', 'application/*'])(
    '%s it is FHIR JSON',
    async (accept) => {
      const response = await get('', { accept });
      expect([response.status, response.type]).toEqual([200, FHIR_JSON]);
    },
  );

  it.each(['application/fhir+xml', 'text/html'])('%s there is no answer', async (accept) => {
    const response = await get('', { accept });
    expect([response.status, response.type]).toEqual([406, 'application/problem+json']);
  });
});
