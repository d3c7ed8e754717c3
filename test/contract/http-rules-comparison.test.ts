import request, { type Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import type { RuleLibrary } from '../../src/services/ports.js';
import { trustIn } from '../../src/services/release-trust.js';
import type { JsonObject } from '../../src/values/json.js';
import { patternOf } from '../support/api-description.js';
import { aRule, aRuleSet, changed, is, ruleSetOf } from '../support/builders.js';
import { expectDescribed } from '../support/checked-answers.js';
import { bodyOf, faultsIn } from '../support/http.js';
import { aTestApp } from '../support/test-app.js';

const versioned = (version: string, set: JsonObject): JsonObject => changed(set, '/version', version);

const RAISED = changed(aRuleSet(), '/rules/2/criterion/value', 170);

const REWORDED = changed(RAISED, '/rules/0/explanation', 'Another explanation.');

const WIDER = changed(REWORDED, '/facts/11/derive/mean/within', 'P60D');

/** What each version of the small set has that the one before did not have. */
const VERSIONS = [
  versioned('1.0.0', aRuleSet()),
  versioned('1.1.0', RAISED),
  versioned('1.1.1', REWORDED),
  versioned('1.2.0', changed(WIDER, '/rules/-', aRule('new-rule', 'precaution', is('angina')))),
  versioned('2.0.0-draft', changed(WIDER, '/rules/2/severity', 'absolute')),
].map(ruleSetOf);

const rules: RuleLibrary = {
  all: () => VERSIONS,
  find: (id, version) => VERSIONS.find(({ body }) => body.id === id && body.version === version) ?? null,
  releasedOn: () => null,
  signatureOf: () => null,
  trust: trustIn(null),
};

const get = async (path: string, headers: Record<string, string> = {}): Promise<Response> => {
  const { url } = await aTestApp({ rules });
  const response = await request(url).get(path).set(headers);
  const { status, text } = response;
  expectDescribed({
    method: 'GET',
    path: patternOf(path),
    status,
    headers: response.headers,
    body: status === 304 ? '' : text,
  });
  return response;
};

const diff = (from: string, to: string): Promise<Response> =>
  get(`/rules/small-set/versions/${from}/diff/${to}`);

const shaOf = (version: string): string | undefined => rules.find('small-set', version)?.sha256;

const NO_ENTRIES = { added: [], removed: [], changed: [] };

describe('GET /rules/{set}/versions/{from}/diff/{to}', () => {
  it('tells each change with what stood and stands where, and in words', async () => {
    expect(bodyOf(await diff('1.0.0', '1.1.0'))).toEqual({
      ruleSet: 'small-set',
      from: { version: '1.0.0', sha256: shaOf('1.0.0') },
      to: { version: '1.1.0', sha256: shaOf('1.1.0') },
      effect: 'logic',
      inWords: [
        'a screening can come out otherwise: 1 change of what is read or evaluated, 1 of words',
        'rule set: version changed from `1.0.0` to `1.1.0`',
        'rule `high-pressure`: threshold of `meanSystolic` raised from 160 to 170 mm[Hg]',
      ],
      heading: [
        {
          kind: 'name',
          effect: 'words',
          from: { pointer: '/version', value: '1.0.0' },
          to: { pointer: '/version', value: '1.1.0' },
          inWords: 'rule set: version changed from `1.0.0` to `1.1.0`',
        },
      ],
      scope: [],
      rules: {
        added: [],
        removed: [],
        changed: [
          {
            id: 'high-pressure',
            changes: [
              {
                kind: 'threshold',
                effect: 'logic',
                from: { pointer: '/rules/2/criterion/value', value: 160 },
                to: { pointer: '/rules/2/criterion/value', value: 170 },
                inWords: 'rule `high-pressure`: threshold of `meanSystolic` raised from 160 to 170 mm[Hg]',
              },
            ],
          },
        ],
      },
      facts: NO_ENTRIES,
      sources: NO_ENTRIES,
      domains: NO_ENTRIES,
    });
  });

  it('says of a version with other words that no screening can come out otherwise', async () => {
    const { effect, inWords } = bodyOf(await diff('1.1.0', '1.1.1'));
    expect(effect).toBe('words');
    expect(inWords).toEqual([
      'only words changed (2 changes): no verdict, bounds or truth of a rule can come out otherwise',
      'rule set: version changed from `1.1.0` to `1.1.1`',
      'rule `severe-pressure`: explanation changed from "An explanation." to "Another explanation."',
    ]);
  });

  it('compares any two versions, also with one that is older, and with a draft', async () => {
    const { rules: back } = bodyOf(await diff('1.2.0', '1.0.0'));
    expect(back).toMatchObject({
      removed: [{ id: 'new-rule', changes: [{ kind: 'removed', to: null }] }],
      added: [],
    });
    const draft = bodyOf(await diff('1.0.0', '2.0.0-draft'));
    expect(draft.inWords).toContain('rule `high-pressure`: severity raised from relative to absolute');
  });

  it('is empty for a version and itself', async () => {
    expect(bodyOf(await diff('1.1.0', '1.1.0'))).toMatchObject({
      effect: 'none',
      inWords: ['nothing changed'],
      heading: [],
      scope: [],
      rules: NO_ENTRIES,
      facts: NO_ENTRIES,
    });
  });

  it.each([
    '/rules/nothing/versions/1.0.0/diff/1.1.0',
    '/rules/small-set/versions/9.9.9/diff/1.1.0',
    '/rules/small-set/versions/1.0.0/diff/9.9.9',
    '/rules/small-set/versions/constructor/diff/1.0.0',
  ])('is not there as %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});

const stepsOf = (response: Response): readonly JsonObject[] => bodyOf(response).items as JsonObject[];

const history = (rule: string): Promise<Response> => get(`/rules/small-set/rules/${rule}/history`);

describe('GET /rules/{set}/rules/{ruleId}/history', () => {
  it('tells what each version made of the rule, oldest first', async () => {
    const steps = stepsOf(await history('high-pressure'));
    expect(steps.map(({ version, change, effect }) => [version, change, effect])).toEqual([
      ['1.0.0', 'added', 'logic'],
      ['1.1.0', 'changed', 'logic'],
      ['1.1.1', 'unchanged', 'none'],
      ['1.2.0', 'unchanged', 'logic'],
      ['2.0.0-draft', 'changed', 'logic'],
    ]);
    expect(steps.map(({ sha256 }) => sha256)).toEqual(VERSIONS.map(({ sha256 }) => sha256));
  });

  it('holds the rule where it is new or changed, and the changes', async () => {
    const [added, raised, same] = stepsOf(await history('high-pressure'));
    expect([added?.rule, added?.changes]).toEqual([VERSIONS[0]?.body.rules[2], []]);
    expect(raised?.rule).toEqual(VERSIONS[1]?.body.rules[2]);
    expect(raised?.inWords).toEqual([
      'rule `high-pressure`: changed',
      'rule `high-pressure`: threshold of `meanSystolic` raised from 160 to 170 mm[Hg]',
    ]);
    expect(same).toMatchObject({ rule: null, changes: [], inWords: ['rule `high-pressure`: unchanged'] });
  });

  it('tells what changed in the facts behind a rule whose text stays', async () => {
    const step = stepsOf(await history('high-pressure'))[3];
    expect(step?.factChanges).toMatchObject([{ id: 'meanSystolic', changes: [{ kind: 'derivation' }] }]);
    expect(step?.inWords).toEqual([
      'rule `high-pressure`: unchanged; the facts behind it changed, and so can what it means',
      'fact `meanSystolic`: window changed from `P30D` to `P60D`',
    ]);
  });

  it('leaves out the versions before a rule came and after it went', async () => {
    const steps = stepsOf(await history('new-rule'));
    expect(steps.map(({ version, change }) => [version, change])).toEqual([
      ['1.2.0', 'added'],
      ['2.0.0-draft', 'removed'],
    ]);
    expect(steps[1]).toMatchObject({ rule: null, inWords: ['rule `new-rule`: removed'] });
  });

  it('is there for every rule that an answer names, the scope included', async () => {
    const [step] = stepsOf(await history('outside-scope'));
    expect(step).toMatchObject({ change: 'added', rule: VERSIONS[0]?.body.scope });
  });

  it.each(['/rules/small-set/rules/nothing/history', '/rules/nothing/rules/high-pressure/history'])(
    'is not there as %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
});

describe.each(['/rules/small-set/versions/1.0.0/diff/1.1.0', '/rules/small-set/rules/heart-failure/history'])(
  '%s',
  (path) => {
    it('is asked for anew each time, and not sent again to who has it', async () => {
      const first = await get(path);
      expect(first.headers['cache-control']).toBe('no-cache');
      const tag = first.headers.etag ?? '';
      const again = await get(path, { 'if-none-match': tag });
      expect([again.status, again.headers.etag]).toEqual([304, tag]);
    });

    it('takes no parameters', async () => {
      const refused = await get(`${path}?colour=blue`);
      expect(refused.status).toBe(422);
      expect(faultsIn(refused)).toEqual(['unknown-key /colour']);
    });

    it('takes GET and HEAD only', async () => {
      const { url } = await aTestApp({ rules });
      expect((await request(url).head(path)).status).toBe(200);
      const refused = await request(url).post(path);
      expect([refused.status, refused.headers.allow]).toEqual([405, 'GET, HEAD']);
    });
  },
);
