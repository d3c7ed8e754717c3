import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { ruleLibraryOf } from '../../src/storage/rule-library.js';
import { bodyOf, intakeOf, postRaw, screenBy, vignetteNames } from '../support/http.js';
import { rewritePart, storedIn, tempFolder } from '../support/sqlite.js';
import { aTestApp, shippedRules, type TestApp } from '../support/test-app.js';

const decided = async (app: TestApp, name: string): Promise<string> => {
  const response = await screenBy(app, { ...intakeOf(name), retrospective: true });
  return String(response.headers.location);
};

const replayOf = async (app: TestApp, location: string): Promise<request.Response> =>
  request(app.url).post(`${location}/replay`);

/** Changes a part of every entry, as only someone with the file and its keys in hand could: the triggers refuse it. */
const tamper = ({ connection }: TestApp, part: string, change: (body: string) => string): void => {
  const positions = connection.prepare('SELECT position FROM payload WHERE part = ?').pluck().all(part);
  for (const position of positions) rewritePart(connection, Number(position), { part, change });
};

describe('a decision that is made again', () => {
  it('comes out the same for every whole patient, and nothing is stored', async () => {
    const app = await aTestApp();
    for (const name of vignetteNames()) {
      const replay = bodyOf(await replayOf(app, await decided(app, name)));
      expect(replay, name).toMatchObject({
        hypothetical: false,
        identical: true,
        differences: [],
        engine: '1.0.0',
      });
    }
    expect(storedIn(app.connection)).toBe(vignetteNames().length);
  });

  it('is judged at its own moment, however late it is made again', async () => {
    const file = `${tempFolder()}/log.db`;
    const location = await decided(await aTestApp({ file }), 'healthy-man-first-course');
    const later = await aTestApp({ file, now: '2031-01-01T00:00:00Z' });
    const replay = bodyOf(await replayOf(later, location));
    expect(replay).toMatchObject({ identical: true, replayedAt: '2031-01-01T00:00:00Z' });
  });

  it('names the version that decided, by its fingerprint', async () => {
    const app = await aTestApp();
    const [ruleSet] = shippedRules().all();
    expect(bodyOf(await replayOf(app, await decided(app, 'suicidal-intent'))).ruleSet).toEqual({
      id: ruleSet?.body.id,
      version: ruleSet?.body.version,
      sha256: ruleSet?.sha256,
    });
  });

  it.each([
    [
      'the answer',
      'answer',
      (body: string) => body.replaceAll('"verdict":"ineligible"', '"verdict":"eligible"'),
      '/answer/verdict',
    ],
    [
      'a finding',
      'findings',
      (body: string) => body.replaceAll('"truth":"true"', '"truth":"false"'),
      '/findings',
    ],
    [
      'a fact',
      'intake',
      (body: string) => body.replaceAll('"kind":"boolean","value":true', '"kind":"boolean","value":false'),
      '/answer',
    ],
  ])('shows that %s was changed after it was stored', async (_what, part, change, pointer) => {
    const app = await aTestApp();
    const location = await decided(app, 'hypertension-ineligible');
    const other = await decided(app, 'psychiatric-ineligible');
    tamper(app, part, change);
    const replays = [bodyOf(await replayOf(app, location)), bodyOf(await replayOf(app, other))];
    expect(replays.some(({ identical }) => identical === false)).toBe(true);
    expect(JSON.stringify(replays)).toContain(`"pointer":"${pointer}`);
  });

  it('is not found where there is none', async () => {
    const response = await replayOf(await aTestApp(), '/decisions/0197f3c2-7b1e-7000-8000-00000000dcba');
    expect([response.status, bodyOf(response).type]).toEqual([
      404,
      'urn:ketamine-screening:problem:not-found',
    ]);
  });

  it('takes no body that is no JSON', async () => {
    const app = await aTestApp();
    const location = await decided(app, 'suicidal-intent');
    const response = await postRaw(app, '{"a":1,"a":2}', `${location}/replay`);
    expect([response.status, bodyOf(response).type]).toEqual([
      400,
      'urn:ketamine-screening:problem:malformed-body',
    ]);
  });
});

describe('a decision whose version is no longer among the rules', () => {
  it('is made again by the body that the log keeps of it, in force or not', async () => {
    const file = `${tempFolder()}/log.db`;
    const app = await aTestApp({ file });
    const places = [await decided(app, 'glaucoma-at-target'), await decided(app, 'healthy-man-first-course')];
    const without = await aTestApp({ file, rules: ruleLibraryOf([]) });
    for (const place of places)
      expect(bodyOf(await replayOf(without, place))).toMatchObject({ identical: true });
  });

  it('says that the version is gone where someone has removed it from the log too', async () => {
    const file = `${tempFolder()}/log.db`;
    const app = await aTestApp({ file });
    const location = await decided(app, 'bladder-review');
    app.connection.exec(`DELETE FROM payload WHERE part = 'body'`);
    const without = await aTestApp({ file, rules: ruleLibraryOf([]) });
    const response = await replayOf(without, location);
    expect([response.status, bodyOf(response).type]).toEqual([
      410,
      'urn:ketamine-screening:problem:version-gone',
    ]);
  });
});
