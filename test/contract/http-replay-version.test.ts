import { describe, expect, it } from 'vitest';
import type { RuleSet } from '../../src/rules/rule-set.js';
import type { RuleLibrary } from '../../src/services/ports.js';
import { trustIn } from '../../src/services/release-trust.js';
import { ruleLibraryOf } from '../../src/storage/rule-library.js';
import { aRuleSet, changed, ruleSetOf } from '../support/builders.js';
import { bodyOf, faultsIn } from '../support/http.js';
import { decide, replay } from '../support/hypothetical.js';
import { tempFolder } from '../support/sqlite.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

const PROBLEM = 'urn:ketamine-screening:problem:';

const NOWHERE = '/decisions/0197f3c2-7b1e-7000-8000-00000000dcba';

const INTAKE = { ruleSet: 'small-set', facts: { adult: true, angina: true } };

const RELEASE = ruleSetOf(aRuleSet());

const OTHER_SET = ruleSetOf(aRuleSet({ id: 'other-set', version: '3.0.0' }));

const DRAFT = ruleSetOf(aRuleSet({ version: '2.0.0-draft' }));

const CHANGED_DRAFT = ruleSetOf(
  changed(aRuleSet({ version: '2.0.0-draft' }), '/rules/1/severity', 'relative'),
);

const libraryOf = (...versions: readonly RuleSet[]): RuleLibrary => ({
  all: () => versions,
  find: (id, version) => versions.find(({ body }) => body.id === id && body.version === version) ?? null,
  releasedOn: () => null,
  signatureOf: () => null,
  trust: trustIn(null),
});

const withDecision = async (): Promise<readonly [TestApp, string]> => {
  const app = await aTestApp({ rules: libraryOf(RELEASE, OTHER_SET) });
  return [app, await decide(app, INTAKE)];
};

describe('the version that a replay asks for', () => {
  it.each([
    ['is none of the rule set', '?version=9.9.9', 'unknown-rule-set /version'],
    ['is one of another rule set', '?version=3.0.0', 'unknown-rule-set /version'],
    ['is no version', '?version=constructor', 'unknown-rule-set /version'],
    ['is empty', '?version=', 'wrong-type /version'],
    ['is named twice', '?version=1.0.0&version=1.0.0', 'wrong-type /version'],
    ['has a typing error in its name', '?versoin=1.0.0', 'unknown-key /versoin'],
    ['has the name of another set beside it', '?version=1.0.0&ruleSet=small-set', 'unknown-key /ruleSet'],
  ])('is refused where it %s', async (_what, query, fault) => {
    const response = await replay(...(await withDecision()), query);
    expect([response.status, bodyOf(response).type]).toEqual([422, `${PROBLEM}invalid-query`]);
    expect(faultsIn(response)).toEqual([fault]);
  });

  it('does not matter where there is no such decision', async () => {
    const response = await replay(await aTestApp(), NOWHERE, '?version=1.0.0');
    expect([response.status, bodyOf(response).type]).toEqual([404, `${PROBLEM}not-found`]);
  });

  it('is not asked where the version that decided is gone, for there is nothing to compare it with', async () => {
    const file = `${tempFolder()}/log.db`;
    const app = await aTestApp({ file });
    const location = await decide(app, { facts: {} });
    app.connection.exec(`DELETE FROM payload WHERE part = 'body'`);
    const without = await aTestApp({ file, rules: ruleLibraryOf([]) });
    const response = await replay(without, location, '?version=1.0.0');
    expect([response.status, bodyOf(response).type]).toEqual([410, `${PROBLEM}version-gone`]);
  });
});

describe('a decision of a draft', () => {
  const decided = async (): Promise<readonly [file: string, location: string]> => {
    const file = `${tempFolder()}/log.db`;
    const app = await aTestApp({ file, rules: libraryOf(RELEASE, DRAFT) });
    return [file, await decide(app, { ...INTAKE, ruleSetVersion: DRAFT.body.version })];
  };

  it('is hypothetical under the same name where the draft has changed since: a version is known by its fingerprint', async () => {
    const [file, location] = await decided();
    const app = await aTestApp({ file, rules: libraryOf(RELEASE, CHANGED_DRAFT) });
    expect(bodyOf(await replay(app, location, '?version=2.0.0-draft'))).toMatchObject({
      hypothetical: true,
      decidedBy: { version: '2.0.0-draft', sha256: DRAFT.sha256 },
      ruleSet: { version: '2.0.0-draft', sha256: CHANGED_DRAFT.sha256 },
    });
    expect(bodyOf(await replay(app, location))).toMatchObject({ hypothetical: false, identical: true });
  });

  it('is made again under its name where only the log still has the draft', async () => {
    const [file, location] = await decided();
    const app = await aTestApp({ file, rules: libraryOf(RELEASE) });
    expect(bodyOf(await replay(app, location, '?version=2.0.0-draft'))).toMatchObject({
      hypothetical: false,
      identical: true,
      ruleSet: { version: '2.0.0-draft', sha256: DRAFT.sha256 },
    });
  });
});
