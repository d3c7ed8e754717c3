import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { questionnaireFaults } from '../support/questionnaire-faults.js';
import { isJsonObject, type JsonObject } from '../../src/values/json.js';
import { answerOf, bodyOf, factsOf, faultsIn, intakeOf, screenBy, vignetteNames } from '../support/http.js';
import { NEWEST } from '../support/shipped-versions.js';
import { rowsIn } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

const next = async ({ url }: TestApp, intake: JsonObject) => request(url).post('/intake/next').send(intake);

describe('POST /intake/next', () => {
  it('asks what POST /screen would say is missing, in the same order', async () => {
    const app = await aTestApp();
    const intake = intakeOf('stale-blood-pressure');
    const [asked, screened] = [answerOf(await next(app, intake)), answerOf(await screenBy(app, intake))];
    expect(asked.missing.length).toBeGreaterThan(0);
    expect([asked.missing, asked.alsoUseful]).toEqual([screened.missing, screened.alsoUseful]);
  });

  it('asks in plain words, worst first', async () => {
    const { missing } = answerOf(await next(await aTestApp(), {}));
    const effects = missing.map(({ couldMake }) => couldMake);
    expect(missing.filter(({ question }) => !question.endsWith('?'))).toEqual([]);
    expect(effects).toEqual(effects.toSorted());
  });

  it.each(['one-absolute-nothing-else', 'hypertension-review', 'healthy-man-first-course', 'empty-intake'])(
    'gives away no verdict on %s',
    async (name) => {
      const { text } = await next(await aTestApp(), intakeOf(name));
      const keys = Object.keys(JSON.parse(text) as object).toSorted();
      expect(keys).toEqual(['alsoUseful', 'asOf', 'missing', 'ruleSet']);
    },
  );

  it('stores nothing', async () => {
    const app = await aTestApp();
    const before = [rowsIn(app.connection, 'log'), rowsIn(app.connection, 'payload')];
    expect((await next(app, { facts: factsOf('healthy-man-first-course') })).status).toBe(200);
    expect([rowsIn(app.connection, 'log'), rowsIn(app.connection, 'payload')]).toEqual(before);
  });

  it('refuses what POST /screen refuses, by the same faults', async () => {
    const app = await aTestApp();
    const intake = { extra: 1, ruleSet: 'x', asOf: '2030-01-01T00:00:00Z', facts: { age: '54' } };
    const [one, two] = [await next(app, intake), await screenBy(app, intake)];
    expect([one.status, faultsIn(one)]).toEqual([422, faultsIn(two)]);
  });

  it('lets no one keep its answer', async () => {
    const response = await next(await aTestApp(), {});
    expect(response.headers).toMatchObject({ 'cache-control': 'no-store' });
  });
});

const schemaOf = async (query = ''): Promise<JsonObject> =>
  bodyOf(await request((await aTestApp()).url).get(`/intake/schema${query}`));

const inside = (json: JsonObject, key: string): JsonObject => {
  const value = json[key] ?? null;
  return isJsonObject(value) ? value : {};
};

describe('GET /intake/schema', () => {
  const validator = async (query = ''): Promise<ValidateFunction> => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    return ajv.compile(await schemaOf(query));
  };

  it('is a JSON Schema by its type', async () => {
    const { status, type } = await request((await aTestApp()).url).get('/intake/schema');
    expect([status, type]).toEqual([200, 'application/schema+json']);
  });

  it.each(['1.0.0', NEWEST])('of %s takes every whole patient of that version', async (version) => {
    const validate = await validator(`?version=${version}`);
    const names = vignetteNames().filter((name) => intakeOf(name).ruleSetVersion === version);
    expect(names.length).toBeGreaterThanOrEqual(40);
    expect(names.filter((name) => !validate(intakeOf(name)))).toEqual([]);
  });

  it('refuses a misspelt fact, and a derived one', async () => {
    const validate = await validator();
    expect(validate({ facts: { unstabelAngina: true } })).toBe(false);
    expect(validate({ facts: { meanSystolic: 166 } })).toBe(false);
  });

  it('asks every question of the version, and offers every option with its label', async () => {
    const facts = inside(inside(inside(await schemaOf(), 'properties'), 'facts'), 'properties');
    expect(Object.keys(facts).length).toBeGreaterThan(80);
    expect(facts).not.toHaveProperty('icsi');
    expect(JSON.stringify(facts.route)).toContain('"const":"intravenous"');
  });

  it.each(['?ruleSet=ketamine-pain', `?ruleSet=ketamine-pain&version=${NEWEST}`, `?version=${NEWEST}`])(
    'is the same for %s, which is in force',
    async (query) => {
      expect(await schemaOf(query)).toEqual(await schemaOf());
    },
  );

  it.each(['?ruleSet=nothing', '?version=0.0.1'])('is not there for %s', async (query) => {
    expect((await request((await aTestApp()).url).get(`/intake/schema${query}`)).status).toBe(404);
  });

  it.each(['?ruleSet=', '?ruleSet=ketamine-pain&ruleSet=x', '?rulesSet=ketamine-pain'])(
    'refuses %s as a query with faults',
    async (query) => {
      expect((await request((await aTestApp()).url).get(`/intake/schema${query}`)).status).toBe(422);
    },
  );
});

describe('GET /intake/questionnaire', () => {
  const asked = async (query = '', accept = '*/*'): Promise<request.Response> =>
    request((await aTestApp()).url)
      .get(`/intake/questionnaire${query}`)
      .set('accept', accept)
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          done(null, JSON.parse(text));
        });
      });

  it.each(['*/*', 'application/json', 'application/fhir+json', 'application/fhir+json; fhirVersion=4.0'])(
    'is sent to a client that accepts %s, as FHIR',
    async (accept) => {
      const response = await asked('', accept);
      expect([response.status, response.type]).toEqual([200, 'application/fhir+json']);
    },
  );

  it('is sound FHIR R4, and that of the version in force', async () => {
    const questionnaire = (await asked()).body as JsonObject;
    expect(questionnaireFaults(questionnaire)).toEqual([]);
    expect([questionnaire.url, questionnaire.version, questionnaire.status]).toEqual([
      'urn:ketamine-screening:questionnaire:ketamine-pain',
      NEWEST,
      'active',
    ]);
    const pinned = await asked(`?ruleSet=ketamine-pain&version=${NEWEST}`);
    expect(pinned.body).toEqual(questionnaire);
  });

  it('is sent again only where it has changed', async () => {
    const { url } = await aTestApp();
    const first = await request(url).get('/intake/questionnaire');
    const again = await request(url)
      .get('/intake/questionnaire')
      .set('if-none-match', String(first.headers.etag));
    expect([again.status, first.headers['cache-control']]).toEqual([304, 'no-cache']);
  });

  it.each([
    [404, '?ruleSet=nothing'],
    [404, '?version=0.0.1'],
    [422, '?ruleSet='],
    [422, '?rulesSet=ketamine-pain'],
  ])('answers %s for %s', async (status, query) => {
    const { url } = await aTestApp();
    expect((await request(url).get(`/intake/questionnaire${query}`)).status).toBe(status);
  });
});
