import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { ruleLibraryOf } from '../../src/storage/rule-library.js';
import type { JsonObject } from '../../src/values/json.js';
import { answerOf, bodyOf, screenBy } from '../support/http.js';
import { decide, factsKnownTo, patientFor, replay } from '../support/hypothetical.js';
import { shippedVersion } from '../support/shipped-versions.js';
import { storedIn, tempFolder } from '../support/sqlite.js';
import { aTestApp } from '../support/test-app.js';

const [OLD, NEW] = ['1.0.0', '2.0.0'];

const PATIENTS = [
  'clopidogrel-and-oral-ketamine',
  'empty-intake',
  'gate-yes-no-particulars',
  'glaucoma-above-target',
  'healthy-man-first-course',
  'hypertension-ineligible',
  'pregnancy-question-declined',
  'stale-blood-pressure',
  'suicidal-intent',
];

const referenceTo = (version: string): JsonObject => ({
  id: 'ketamine-pain',
  version,
  sha256: shippedVersion(version).sha256,
});

describe.each([
  [OLD, NEW],
  [NEW, OLD],
])('a decision of %s, asked under %s', (decidedBy, other) => {
  const patient = (name: string): JsonObject => patientFor(decidedBy, name, [decidedBy]);

  it.each(PATIENTS)('comes to what POST /screen says there of the facts that both know: %s', async (name) => {
    const app = await aTestApp();
    const location = await decide(app, patient(name));
    const { verdict, bounds } = answerOf(await screenBy(app, patientFor(other, name, [OLD, NEW])));
    const hypothetical = bodyOf(await replay(app, location, `?version=${other}`));
    expect(hypothetical).toMatchObject({ verdict: { to: verdict }, bounds: { to: bounds } });
  });

  it('tells beside it what the version that decided says, and which is which', async () => {
    const app = await aTestApp();
    const location = await decide(app, patient('hypertension-ineligible'));
    const { verdict, bounds } = answerOf(await request(app.url).get(location));
    const response = await replay(app, location, `?version=${other}`);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(bodyOf(response)).toMatchObject({
      hypothetical: true,
      decision: location.replace('/decisions/', ''),
      ruleSet: referenceTo(other),
      decidedBy: referenceTo(decidedBy),
      verdict: { from: verdict },
      bounds: { from: bounds },
      engine: '1.0.0',
      replayedAt: '2026-11-22T09:30:00Z',
    });
  });

  it('names the facts that are not known there, and no others', async () => {
    const app = await aTestApp();
    const sent = patient('healthy-man-first-course');
    const hypothetical = bodyOf(await replay(app, await decide(app, sent), `?version=${other}`));
    const known = factsKnownTo(other);
    const unknown = Object.keys(sent.facts as JsonObject).filter((id) => !known.has(id));
    expect(hypothetical).toMatchObject({ notUnderstood: unknown.toSorted(), changedType: [] });
  });

  it('stores nothing but that it was told', async () => {
    const app = await aTestApp();
    const location = await decide(app, patient('psychiatric-review'));
    const before = [storedIn(app.connection), (await request(app.url).get(location)).text];
    expect((await replay(app, location, `?version=${other}`)).status).toBe(200);
    expect([storedIn(app.connection), (await request(app.url).get(location)).text]).toEqual(before);
  });

  it('is made again as ever where the version that decided is named', async () => {
    const app = await aTestApp();
    const location = await decide(app, patient('bladder-review'));
    const named = bodyOf(await replay(app, location, `?version=${decidedBy}`));
    expect(named).toEqual(bodyOf(await replay(app, location)));
    expect(named).toMatchObject({ hypothetical: false, identical: true, ruleSet: referenceTo(decidedBy) });
  });

  it('is asked as ever where the files of both are gone, and the log keeps them', async () => {
    const file = `${tempFolder()}/log.db`;
    const app = await aTestApp({ file });
    const location = await decide(app, patient('glaucoma-above-target'));
    const without = await aTestApp({ file, rules: ruleLibraryOf([]) });
    const query = `?version=${other}`;
    expect(bodyOf(await replay(without, location, query))).toEqual(
      bodyOf(await replay(app, location, query)),
    );
  });
});

describe('what another version would have said', () => {
  it('is pinned for a later decision: reasons that go, and what a gate unknown there had settled', async () => {
    const app = await aTestApp();
    const location = await decide(app, patientFor(NEW, 'glaucoma-above-target', [NEW]));
    const hypothetical = bodyOf(await replay(app, location, `?version=${OLD}`));
    expect(hypothetical).toMatchObject({
      verdict: { from: 'review', to: 'incomplete' },
      bounds: {
        from: { floor: 'review', ceiling: 'review' },
        to: { floor: 'eligible', ceiling: 'review' },
      },
      reasons: { added: [], removed: ['eye-pressure-above-target', 'glaucoma'] },
      missing: {
        added: [
          'pastSubstanceUseDisorder',
          'remissionStartDate',
          'opioidAgonistTreatment',
          'ketamineMisuse',
          'unexplainedDrugScreen',
        ],
        removed: [],
      },
    });
    expect(hypothetical.notUnderstood).toContain('eyePressureLeft');
  });

  it('is pinned for an earlier decision: a reason that comes, and questions that nobody asked', async () => {
    const app = await aTestApp();
    const location = await decide(app, patientFor(OLD, 'clopidogrel-and-oral-ketamine', [OLD]));
    const hypothetical = bodyOf(await replay(app, location, `?version=${NEW}`));
    expect(hypothetical).toMatchObject({
      verdict: { from: 'review', to: 'incomplete' },
      reasons: { added: ['cyp2b6-inhibitor-oral'], removed: [] },
      notUnderstood: [],
    });
    const { added, removed } = hypothetical.missing as { added: string[]; removed: string[] };
    expect(added).toContain('vesselOrBrainProblem');
    expect(removed).toEqual([]);
  });

  it.each([
    ['holds codes that the version cannot place', NEW, OLD, 'clopidogrel-and-oral-ketamine'],
    ['was checked against fewer medicines', OLD, NEW, 'cirrhosis-albumin-not-known'],
  ])('does not take a list for complete that %s, and says so', async (_what, decidedBy, other, name) => {
    const app = await aTestApp();
    const location = await decide(app, patientFor(decidedBy, name, [decidedBy]));
    const hypothetical = bodyOf(await replay(app, location, `?version=${other}`));
    expect(hypothetical.changedType).toEqual(['medications']);
  });
});
