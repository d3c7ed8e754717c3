import request, { type Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import { canonicalBody, fingerprintOf } from '../../src/rules/fingerprint.js';
import type { RuleSet, RuleSetBody } from '../../src/rules/rule-set.js';
import type { DecisionLog, RuleLibrary } from '../../src/services/ports.js';
import type { Connection } from '../../src/storage/open-database.js';
import { ACTIVATOR, activateOn } from '../support/activate.js';
import { approveOn, libraryOf, RELEASED, releasedVersion } from '../support/approve.js';
import { answerOf, bodyOf, screenBy } from '../support/http.js';
import { connectionTo, storedIn, tempFolder } from '../support/sqlite.js';
import { aTestApp, NOW, shippedRules, type TestApp } from '../support/test-app.js';

const shipped = (version: string): RuleSet => {
  const found = shippedRules().find('ketamine-pain', version);
  if (found === null) throw new Error(`${version} is not shipped`);
  return found;
};

const [old, young, later] = [shipped('1.0.0'), shipped('2.0.0'), releasedVersion()];
/** What the service has, and what someone else has who writes to its database. */
const rules = libraryOf(old, young);
const moreRules = libraryOf(old, young, later);
const INTAKE = { asOf: NOW, facts: { activePsychosis: true } };
/** The fact is known from 2.0.0 on. */
const YOUNG_INTAKE = { asOf: NOW, facts: { activePsychosis: true, breastfeeding: false } };

type Site = { readonly app: TestApp; readonly other: Connection };

/** A service in which 2.0.0 is in force, and the connection of another process to its database. */
const aSite = async (
  loaded: RuleLibrary = rules,
  log?: (real: DecisionLog) => DecisionLog,
): Promise<Site> => {
  const file = `${tempFolder()}/log.db`;
  const app = await aTestApp({ file, rules: loaded, ...(log === undefined ? {} : { log }) });
  return { app, other: connectionTo(file) };
};

const activate = async ({ other }: Site, version: string, library = moreRules): Promise<void> => {
  expect((await activateOn(other, library, { version })).kind).toBe('activated');
};

const get = async ({ url }: TestApp, path: string) => request(url).get(path);

const post = async ({ url }: TestApp, path: string, body?: object) => request(url).post(path).send(body);

const versionIn = (response: Response): string =>
  response.status < 300 ? answerOf(response).ruleSet.version : String(response.status);

type LineSent = { readonly answer?: { readonly ruleSet: { readonly version: string } } };

const batch = async ({ url }: TestApp, ...intakes: readonly object[]): Promise<readonly unknown[]> => {
  const headers = { 'content-type': 'application/x-ndjson' };
  const body = intakes.map((intake) => `${JSON.stringify(intake)}\n`).join('');
  const text = await (await fetch(`${url}/screen/batch`, { method: 'POST', headers, body })).text();
  const lines = text.split('\n').slice(0, intakes.length);
  return lines.map((line) => (JSON.parse(line) as LineSent).answer?.ruleSet.version ?? line);
};

/** By which version each surface answers that names none, each as the first that asks after an activation. */
const SURFACES: readonly (readonly [string, (app: TestApp) => Promise<unknown>])[] = [
  ['POST /screen', async (app) => versionIn(await screenBy(app, INTAKE))],
  ['POST /intake/next', async (app) => versionIn(await post(app, '/intake/next', { facts: {} }))],
  ['POST /screen/batch', async (app) => (await batch(app, INTAKE))[0]],
  ['POST /intakes', async (app) => versionIn(await post(app, '/intakes', { facts: {} }))],
  [
    'GET /rules',
    async (app) => {
      const { items } = bodyOf(await get(app, '/rules')) as { items: { inForce: { version: string } }[] };
      return items[0]?.inForce.version;
    },
  ],
  [
    'GET /intake/schema',
    async (app) => {
      const { $id } = bodyOf(await get(app, '/intake/schema')) as { $id: string };
      return $id.split(':').at(-1);
    },
  ],
];

describe('a version that another process puts in force', () => {
  it.each(SURFACES)('is what the very next %s is by, again and again', async (_surface, versionOf) => {
    const site = await aSite();
    expect(await versionOf(site.app)).toBe('2.0.0');
    for (const version of ['1.0.0', '2.0.0', RELEASED, '1.0.0']) {
      await activate(site, version);
      expect(await versionOf(site.app)).toBe(version);
    }
  });

  it('does not touch a request that is pinned, nor a decision that was made before', async () => {
    const site = await aSite();
    const place = String((await screenBy(site.app, INTAKE)).headers.location);
    const before = (await get(site.app, place)).text;
    await activate(site, '1.0.0');
    const pinned = { ...INTAKE, ruleSet: 'ketamine-pain', ruleSetVersion: '2.0.0' };
    expect(versionIn(await screenBy(site.app, pinned))).toBe('2.0.0');
    expect((await get(site.app, place)).text === before).toBe(true);
    expect(bodyOf(await post(site.app, `${place}/replay`))).toMatchObject({ identical: true });
  });

  it('is told with who put it there and why', async () => {
    const site = await aSite();
    await activate(site, '1.0.0');
    const { items } = bodyOf(await get(site.app, '/rules/ketamine-pain/versions'));
    const period = { from: '2026-11-22T09:30:00.000Z', by: null, role: null, reason: null };
    expect(items).toMatchObject([
      { lifecycle: { inForce: true, inForcePeriods: [{ to: null, ...ACTIVATOR }] } },
      { lifecycle: { inForce: false, inForcePeriods: [{ ...period, to: period.from }] } },
    ]);
  });
});

describe('what is refused and not stored', () => {
  it.each([
    ['POST /screen', async (app: TestApp) => versionIn(await screenBy(app, YOUNG_INTAKE))],
    ['POST /screen/batch', async (app: TestApp) => (await batch(app, YOUNG_INTAKE))[0]],
    ['POST /intakes', async (app: TestApp) => versionIn(await post(app, '/intakes', YOUNG_INTAKE))],
  ])('is never refused by %s under a version that is not in force any more', async (_surface, versionOf) => {
    const site = await aSite();
    await activate(site, '1.0.0');
    expect(versionIn(await screenBy(site.app, INTAKE))).toBe('1.0.0');
    expect(versionIn(await screenBy(site.app, YOUNG_INTAKE))).toBe('422');
    await activate(site, '2.0.0');
    expect(await versionOf(site.app)).toBe('2.0.0');
  });

  it('is no request that is pinned to a version which the service came to know only now', async () => {
    const site = await aSite();
    const pinned = { ...INTAKE, ruleSetVersion: RELEASED };
    expect(versionIn(await screenBy(site.app, pinned))).toBe('422');
    await activate(site, RELEASED);
    await activate(site, '1.0.0');
    expect(versionIn(await screenBy(site.app, pinned))).toBe(RELEASED);
  });
});

/** A log into which events come just before the first decision is written, after it was made. */
const meanwhile =
  (write: () => Promise<unknown>) =>
  (log: DecisionLog): DecisionLog => {
    let first = true;
    return {
      ...log,
      append: async (entries, rulesUpTo) => {
        if (first) await write();
        first = false;
        return log.append(entries, rulesUpTo);
      },
    };
  };

describe('an activation that comes while a decision is made', () => {
  it.each([
    ['whose file is loaded', '1.0.0', old],
    ['whose file is not loaded', RELEASED, later],
  ])(
    'stands before it in the log, and it is made anew, whole, by a version %s',
    async (_which, version, made) => {
      const sites: Site[] = [];
      const write = async (): Promise<void> => {
        for (const site of sites) await activate(site, version);
      };
      const site = await aSite(rules, meanwhile(write));
      sites.push(site);
      const answer = await screenBy(site.app, INTAKE);
      expect(answerOf(answer).ruleSet).toMatchObject({ id: 'ketamine-pain', version, sha256: made.sha256 });
      const last = site.other
        .prepare('SELECT kind, rule_set_hash FROM log ORDER BY position DESC LIMIT 2')
        .raw()
        .all();
      expect(last).toEqual([
        ['decision', made.sha256],
        ['activation', made.sha256],
      ]);
      expect(storedIn(site.other)).toBe(1);
      const again = await post(site.app, `${String(answer.headers.location)}/replay`);
      expect(bodyOf(again)).toMatchObject({ identical: true, differences: [] });
    },
  );

  it('counts with an approval that comes with it', async () => {
    const sites: Site[] = [];
    const write = async (): Promise<void> => {
      for (const site of sites) {
        await activate(site, RELEASED);
        await approveOn(site.other, moreRules);
      }
    };
    const site = await aSite(rules, meanwhile(write));
    sites.push(site);
    expect(bodyOf(await screenBy(site.app, INTAKE)).ruleSet).toMatchObject({
      version: RELEASED,
      approval: expect.stringContaining('approved by Dr A. Example') as unknown,
    });
  });
});

describe('a version whose file the service does not have', () => {
  it('screens, is listed and compared, and its decisions are made again just so', async () => {
    const site = await aSite();
    await activate(site, RELEASED);
    const answer = await screenBy(site.app, INTAKE);
    expect(answerOf(answer).ruleSet).toMatchObject({ version: RELEASED, sha256: later.sha256 });
    const place = String(answer.headers.location);
    expect(bodyOf(await post(site.app, `${place}/replay`))).toMatchObject({ identical: true });
    const served = bodyOf(await get(site.app, `/rules/ketamine-pain/versions/${RELEASED}`));
    expect(canonicalBody(served.body as unknown as RuleSetBody)).toBe(canonicalBody(later.body));
    expect((await get(site.app, `/rules/ketamine-pain/versions/1.0.0/diff/${RELEASED}`)).status).toBe(200);
    expect((await get(site.app, '/health/ready')).status).toBe(200);
  });
});

/** A version in a form that only a later service knows. */
const alien = (): RuleSet => {
  const body = { ...later.body, version: '10.0.0', rules: 'of another time' } as unknown as RuleSetBody;
  return { body, sha256: fingerprintOf(body) };
};

describe('a version that the service cannot use', () => {
  const activateAlien = (site: Site): Promise<void> => activate(site, '10.0.0', libraryOf(alien()));

  it('stops screening, and the service is not ready and says why', async () => {
    const site = await aSite();
    await activateAlien(site);
    for (const path of ['/screen', '/intake/next', '/intakes'])
      expect(bodyOf(await post(site.app, path, INTAKE)).type).toMatch(/problem:rules-unusable$/);
    const { status, text } = await get(site.app, '/health/ready');
    expect([status, JSON.parse(text)]).toEqual([
      503,
      {
        status: 'not ready',
        reason: 'the version of ketamine-pain in force cannot be used by this service',
      },
    ]);
    expect((await batch(site.app, INTAKE))[0]).toContain('problem:rules-unusable');
    expect(storedIn(site.other)).toBe(0);
  });

  it('leaves what was decided before, and what is pinned', async () => {
    const site = await aSite();
    const place = String((await screenBy(site.app, INTAKE)).headers.location);
    const before = (await get(site.app, place)).text;
    await activateAlien(site);
    expect((await screenBy(site.app, INTAKE)).status).toBe(503);
    expect((await get(site.app, place)).text === before).toBe(true);
    expect(bodyOf(await post(site.app, `${place}/replay`))).toMatchObject({ identical: true });
    const pinned = { ...INTAKE, ruleSet: 'ketamine-pain', ruleSetVersion: '2.0.0' };
    expect(versionIn(await screenBy(site.app, pinned))).toBe('2.0.0');
    expect(bodyOf(await get(site.app, '/rules'))).toMatchObject({ items: [{ inForce: null }] });
  });

  it.each(SURFACES)(
    'makes place for one that it can use: %s is the first to ask',
    async (_surface, versionOf) => {
      const site = await aSite();
      await activateAlien(site);
      expect((await screenBy(site.app, INTAKE)).status).toBe(503);
      await activate(site, '1.0.0');
      expect(await versionOf(site.app)).toBe('1.0.0');
      expect((await get(site.app, '/health/ready')).status).toBe(200);
    },
  );
});
