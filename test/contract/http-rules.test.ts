import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { answerOf, bodyOf, screenBy } from '../support/http.js';
import { aTestApp, shippedRules } from '../support/test-app.js';

const SET = '/rules/ketamine-pain/versions';

const get = async (path: string) => request((await aTestApp()).url).get(path);

const versions = shippedRules()
  .all()
  .map(({ body }) => body.version);
const draft = versions.at(-1) ?? '';
const version = versions.at(-2) ?? '';
const shipped = shippedRules().find('ketamine-pain', version);

describe('GET /rules', () => {
  it('lists the sets with the version in force: the newest release, and no draft', async () => {
    expect(bodyOf(await get('/rules'))).toEqual({
      items: [
        {
          id: 'ketamine-pain',
          title: shipped?.body.title,
          inForce: { version, sha256: shipped?.sha256, approval: 'not yet approved by a clinician' },
          versions,
        },
      ],
    });
  });
});

describe('GET /rules/{set}/versions', () => {
  it('lists the versions with their fingerprint, and which is in force', async () => {
    const { items } = bodyOf(await get(SET)) as { items: readonly object[] };
    expect(items.map((item) => 'version' in item && item.version)).toEqual(versions);
    expect(items.at(-2)).toMatchObject({
      id: 'ketamine-pain',
      sha256: shipped?.sha256,
      lifecycle: { status: 'active', inForce: true },
    });
    expect(items.at(-1)).toMatchObject({ lifecycle: { inForce: false } });
  });

  it('says of a draft that it is one, and that nobody has approved it', async () => {
    expect(draft).toContain('-draft');
    const { items } = bodyOf(await get(SET)) as { items: readonly object[] };
    expect(items.at(-1)).toMatchObject({ lifecycle: { status: 'draft', approvals: [] } });
  });

  it('is not there for another set', async () => {
    expect((await get('/rules/nothing/versions')).status).toBe(404);
  });
});

describe('GET /rules/{set}/versions/{v}', () => {
  it('serves the version whole', async () => {
    const { body } = bodyOf(await get(`${SET}/${version}`));
    expect(body).toEqual(shipped?.body);
  });

  it('gives the SHA-256 of the canonical JSON of its body', async () => {
    const { body, sha256 } = bodyOf(await get(`${SET}/${version}`));
    expect(sha256).toBe(
      createHash('sha256')
        .update(canonicalize(body) ?? '')
        .digest('hex'),
    );
  });

  it('is the version that answers name', async () => {
    const app = await aTestApp();
    const { ruleSet } = answerOf(await screenBy(app, {}));
    const served = bodyOf(await request(app.url).get(`/rules/${ruleSet.id}/versions/${ruleSet.version}`));
    expect(served.sha256).toBe(ruleSet.sha256);
  });

  it('names every fact, source and rule by the words of the contract', async () => {
    const { body } = bodyOf(await get(`${SET}/${version}`));
    expect(body).toMatchObject({
      id: 'ketamine-pain',
      version,
      scope: { criterion: expect.anything() as unknown },
    });
    const { facts = [], sources = [], rules = [] } = shipped?.body ?? {};
    const rule = ['id', 'title', 'domain', 'severity', 'explanation', 'action', 'criterion', 'citations'];
    expect(rules.filter((one) => rule.some((key) => !Object.hasOwn(one, key)))).toEqual([]);
    expect([facts.length, sources.length].every((count) => count > 10)).toBe(true);
  });

  it.each([`${SET}/0.0.1`, `/rules/nothing/versions/${version}`, `${SET}/constructor`])(
    'is not there as %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
});
