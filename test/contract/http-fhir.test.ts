import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../../src/values/json.js';
import { allergy, bundleOf, condition, patient, pressure } from '../support/records.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

const FHIR = { 'content-type': 'application/fhir+json' };

type Asked = { readonly query?: string; readonly headers?: Readonly<Record<string, string>> };

const send = async (
  { url }: TestApp,
  body: unknown,
  { query = '', headers = FHIR }: Asked = {},
): Promise<{ readonly status: number; readonly type: string; readonly body: JsonObject }> => {
  const response = await fetch(`${url}/screen${query}`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const json: unknown = await response.json();
  if (!isJsonObject(json as never)) throw new Error('the answer is no object');
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    body: json as JsonObject,
  };
};

const idOf = ({ id }: JsonObject): string => {
  if (typeof id !== 'string') throw new Error('the answer has no id');
  return id;
};

describe('Accept: application/fhir+json', () => {
  const both = { ...FHIR, accept: 'application/fhir+json' };

  it('gives the decision as a GuidanceResponse', async () => {
    const app = await aTestApp();
    const answer = await send(app, bundleOf([patient(), condition('snomed:4557003')]), { headers: both });
    expect(answer).toMatchObject({ status: 200, type: 'application/fhir+json; charset=utf-8' });
    expect(answer.body).toMatchObject({
      resourceType: 'GuidanceResponse',
      status: 'success',
      subject: { reference: 'Patient/pt-1' },
    });
    const stored = await fetch(`${app.url}/decisions/${idOf(answer.body)}`);
    expect(await stored.json()).toMatchObject({ id: answer.body.id, verdict: 'ineligible' });
  });

  it('is taken of a native intake as well, and JSON where that is accepted too', async () => {
    const app = await aTestApp();
    const headers = { 'content-type': 'application/json', accept: 'application/fhir+json' };
    expect((await send(app, { facts: {} }, { headers })).body).toMatchObject({
      resourceType: 'GuidanceResponse',
      status: 'data-required',
    });
    const rather = { 'content-type': 'application/json', accept: 'application/json, application/fhir+json' };
    expect((await send(app, { facts: {} }, { headers: rather })).body).toMatchObject({
      verdict: 'incomplete',
    });
  });

  it.each([
    ['what is no JSON', '{', 400, 'structure'],
    ['a batch', JSON.stringify(bundleOf([], { type: 'batch' })), 422, 'code-invalid'],
  ])('tells in an OperationOutcome what is wrong with %s', async (_what, body, status, code) => {
    const app = await aTestApp();
    const answer = await send(app, body, { headers: FHIR });
    expect(answer).toMatchObject({
      status,
      body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] },
    });
  });
});

describe('POST /screen with application/fhir+json', () => {
  it('screens a Bundle, and says from where each fact comes', async () => {
    const app = await aTestApp();
    const { status, body } = await send(
      app,
      bundleOf([patient(), condition('snomed:4557003'), pressure(118, 76)]),
      {
        query: '?route=intravenous&phase=session&asOf=2026-11-22T09:30:00Z&retrospective=true',
      },
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      verdict: 'ineligible',
      subject: 'Patient/pt-1',
      asOf: '2026-11-22T09:30:00Z',
    });
    expect(body.provenance).toContainEqual({
      fact: 'unstableAngina',
      pointer: '/entry/1/resource/code',
      resource: 'Condition/c-snomed-4557003',
    });
    expect(body.provenance).toContainEqual({ fact: 'route', pointer: '/route' });
  });

  it('keeps the decision, and makes it again to the letter', async () => {
    const app = await aTestApp();
    const { body } = await send(app, bundleOf([patient(), allergy('rxnorm:6130')]));
    const stored = await fetch(`${app.url}/decisions/${idOf(body)}`);
    expect(await stored.json()).toMatchObject({ verdict: body.verdict, provenance: body.provenance });
    const replayed = await fetch(`${app.url}/decisions/${idOf(body)}/replay`, { method: 'POST' });
    expect(await replayed.json()).toMatchObject({ identical: true });
  });

  it('keeps no name and no note of the records', async () => {
    const app = await aTestApp();
    await send(
      app,
      bundleOf([
        patient({ name: [{ family: 'Zyxwvut' }] }),
        condition('snomed:4557003', { note: [{ text: 'Qponmlk' }] }),
      ]),
    );
    const exported = await (await fetch(`${app.url}/audit/export`)).text();
    expect(exported).toContain('unstableAngina');
    expect(exported).not.toMatch(/Zyxwvut|Qponmlk/);
  });

  it.each([
    ['a resource of another kind', { resourceType: 'Patient' }, '/resourceType'],
    ['a batch', bundleOf([], { type: 'batch' }), '/type'],
    ['entries that are no list', bundleOf([], { entry: {} }), '/entry'],
    ['two patients', bundleOf([patient(), patient({ id: 'other' })]), ''],
    ['a list', [], '/resourceType'],
    [
      'a response that is not finished',
      {
        resourceType: 'QuestionnaireResponse',
        status: 'in-progress',
        questionnaire: 'urn:ketamine-screening:questionnaire:ketamine-pain',
      },
      '/status',
    ],
    [
      'a response to another questionnaire',
      { resourceType: 'QuestionnaireResponse', status: 'completed', questionnaire: 'https://example.org/q' },
      '/questionnaire',
    ],
  ])('refuses %s', async (_what, body, pointer) => {
    const app = await aTestApp();
    const answer = await send(app, body);
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body)).toContain(JSON.stringify(pointer).slice(1, -1));
  });

  it.each([
    ['?routes=oral', 422],
    ['?route=rectal', 422],
    ['?asOf=yesterday', 422],
    ['?retrospective=maybe', 422],
    ['?ruleSet=other', 422],
  ])('refuses the query %s', async (query, status) => {
    const app = await aTestApp();
    expect((await send(app, bundleOf([patient()]), { query })).status).toBe(status);
  });

  it('takes no query with a native intake', async () => {
    const app = await aTestApp();
    const answer = await send(
      app,
      { facts: {} },
      { query: '?route=oral', headers: { 'content-type': 'application/json' } },
    );
    expect(answer.status).toBe(422);
  });

  it('takes a Bundle of more than a native intake may have, and none without end', async () => {
    const app = await aTestApp();
    const note = 'x'.repeat(1024 * 1024);
    const large = bundleOf([patient(), condition('snomed:4557003', { note: [{ text: note }] })]);
    expect((await send(app, large)).status).toBe(200);
    const many = Array.from({ length: 7 }, () => condition('snomed:4557003', { note: [{ text: note }] }));
    expect((await send(app, bundleOf(many))).status).toBe(413);
  });

  it('holds a repeated request to its query as well', async () => {
    const app = await aTestApp();
    const headers = { ...FHIR, 'idempotency-key': 'one' };
    const body = bundleOf([patient()]);
    const first = await send(app, body, { headers });
    expect((await send(app, body, { headers })).body.id).toBe(first.body.id);
    expect((await send(app, body, { headers, query: '?route=oral' })).status).toBe(422);
  });
});

describe('what is kept of records', () => {
  it('has nothing that only names a person: no name, address, telephone number, note or narrative', async () => {
    const app = await aTestApp();
    const secret = 'Zebedee';
    const named = patient({
      name: [{ family: secret, given: [secret] }],
      address: [{ city: secret }],
      telecom: [{ system: 'phone', value: secret }],
      text: { status: 'generated', div: `<div>${secret}</div>` },
    });
    const noted = condition('snomed:4557003', { note: [{ text: secret }], recorder: { display: secret } });
    const { status, body } = await send(app, bundleOf([named, noted]));
    expect([status, body.verdict]).toEqual([200, 'ineligible']);
    const exported = await (await fetch(`${app.url}/audit/export`)).text();
    expect(exported).toContain('"kind":"decision"');
    expect(exported).toContain('Condition/c-snomed-4557003');
    expect(exported + app.lines.join()).not.toContain(secret);
  });
});
