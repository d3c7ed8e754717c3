import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/values/json.js';
import { answerOfFunction, textWithout } from '../support/answer-texts.js';
import { OTHER_PATIENTS, OTHER_RULES, OTHER_SET, otherIntakes, otherRules } from '../support/other-rules.js';
import { startService, type Service } from '../support/service.js';
import { copyOf, tempFolder } from '../support/sqlite.js';
import { NOW } from '../support/test-app.js';
import { jsonLines, runCli, type Ran } from './cli-run.js';

const BY_DESIGN = ['id', 'evaluatedAt', 'expired'];

const rules = otherRules();
const intakes = otherIntakes();

const rulesCommand = (...args: readonly string[]): Promise<Ran> =>
  runCli(['rules', ...args, '--rules-dir', OTHER_RULES]);

/** What a command prints for programs, once it has ended well. */
const told = async (...args: readonly string[]): Promise<unknown> => {
  const { code, stdout, stderr } = await rulesCommand(...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return jsonLines(stdout)[0];
};

describe('the set of another drug', () => {
  it('has a fact of every type, a gate, a score of what was measured, and a release', () => {
    const [release, draft] = rules.all();
    const facts = release?.body.facts ?? [];
    expect(new Set(facts.map(({ type }) => type)).size).toBe(7);
    expect(facts.some((fact) => fact.type === 'boolean' && fact.gate !== undefined)).toBe(true);
    expect([release?.body.version, draft?.body.version]).toEqual(['1.0.0', '1.0.1-draft']);
  });

  it('says of itself that it is test content, with no source but that', () => {
    for (const { body } of rules.all()) {
      expect([body.title, body.sources.map(({ id }) => id)]).toEqual([
        expect.stringContaining('Test content'),
        ['made-for-tests'],
      ]);
      expect(
        [body.scope, ...body.rules].flatMap(({ citations }) => citations.map(({ basis }) => basis)),
      ).toEqual([body.scope, ...body.rules].map(() => 'policy'));
    }
  });
});

describe('the commands, by rules of another drug', () => {
  it('check, list and cover them', async () => {
    expect(await told('check')).toMatchObject({ ruleSets: [{ id: OTHER_SET }] });
    expect(await told('list')).toMatchObject({
      items: [{ version: '1.0.0', status: 'released' }, { version: '1.0.1-draft' }],
    });
    expect((await rulesCommand('coverage')).stdout).toMatch(/methotrexate-low-dose .* 1 by a reason\n$/);
    expect(await told('schemas', '--check')).toEqual({ outOfDate: 0 });
  });

  it('test the cases, every flip of them, and whole patients', async () => {
    const tested = (await told('test', '--patients', OTHER_PATIENTS)) as Record<string, number>;
    expect([tested.held, tested.patientsHeld]).toEqual([tested.cases, intakes.length]);
    const flipped = (await told('test', '--mutate')) as Record<string, number>;
    expect([flipped.flips, flipped.seen]).toEqual([flipped.seen, flipped.flips]);
  });

  it('explain a patient, and compare the versions', async () => {
    const intake = join(tempFolder(), 'intake.json');
    writeFileSync(intake, JSON.stringify(intakes.find(([name]) => name === 'hepatitis-last-month')?.[1]));
    expect((await rulesCommand('explain', intake)).stdout).toContain(
      'recent-hepatitis (absolute): Recent inflammation of the liver\n  true ',
    );
    const { stdout: difference } = await rulesCommand('diff', OTHER_SET, '1.0.0', '1.0.1-draft');
    expect(difference).toContain('1.0.1-draft');
    expect(
      await told('impact', OTHER_SET, '1.0.0', '1.0.1-draft', '--patients', OTHER_PATIENTS),
    ).toMatchObject({
      impacts: [],
    });
  });

  it('release the next version in a copy', async () => {
    const copy = copyOf(OTHER_RULES);
    const file = join(copy, OTHER_SET, 'packs/liver/scarred-liver.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('Consider nothing', 'Consider nothing at all'));
    const { code, stdout } = await runCli([
      ...['rules', 'release', OTHER_SET, '1.0.1', '--on', '2026-11-27', '--json'],
      ...['--rules-dir', copy],
    ]);
    expect([code, jsonLines(stdout)]).toMatchObject([0, [{ version: '1.0.1', nextDraft: '1.0.2-draft' }]]);
    expect((await runCli(['rules', 'check', '--rules-dir', copy])).code).toBe(0);
  });
});

describe('the service, by rules of another drug', () => {
  let service: Service;

  beforeAll(async () => {
    service = await startService({ RULES_DIR: OTHER_RULES });
  });

  afterAll(() => service.stop());

  const get = async (path: string): Promise<JsonObject> => {
    const response = await fetch(new URL(path, service.url));
    expect([path, response.status]).toEqual([path, 200]);
    return (await response.json()) as JsonObject;
  };

  it('has its release in force, and says nothing of ketamine', async () => {
    const set = `/rules/${OTHER_SET}`;
    expect(await get('/rules')).toMatchObject({ items: [{ id: OTHER_SET, inForce: { version: '1.0.0' } }] });
    const pages = [
      await get(`${set}/versions`),
      await get(`${set}/versions/1.0.0`),
      await get(`${set}/versions/1.0.0/diff/1.0.1-draft`),
      await get(`${set}/rules/scarred-liver/history`),
      await get(`/intake/schema?ruleSet=${OTHER_SET}`),
      await get(`/intake/questionnaire?ruleSet=${OTHER_SET}`),
    ];
    const texts = pages.map((page) => JSON.stringify(page).replaceAll('ketamine-screening', ''));
    expect(texts.filter((text) => /ketamine/i.test(text))).toEqual([]);
  });

  it('draws its schema and its questionnaire from the facts', async () => {
    const ids = (rules.all()[0]?.body.facts ?? [])
      .filter(({ type }) => type !== 'derived')
      .map(({ id }) => id);
    const schema = await get(`/intake/schema?ruleSet=${OTHER_SET}`);
    const { facts } = schema.properties as { facts: { properties: JsonObject } };
    expect(Object.keys(facts.properties).toSorted()).toEqual(ids.toSorted());
    const text = JSON.stringify(await get(`/intake/questionnaire?ruleSet=${OTHER_SET}`));
    expect(ids.filter((id) => !text.includes(`"linkId":"${id}"`))).toEqual([]);
  });

  it('and the function and the command screen every patient of it alike', async () => {
    const stdin = intakes.map(([, intake]) => `${JSON.stringify(intake)}\n`).join('');
    const args = ['screen', '--ndjson', '--json', '--rules-dir', OTHER_RULES, '-'];
    const printed = jsonLines((await runCli(args, { stdin })).stdout) as readonly JsonObject[];
    const verdicts = new Set<unknown>();
    for (const [index, [, intake]] of intakes.entries()) {
      const answer = answerOfFunction(intake, rules, NOW);
      const response = await fetch(new URL('/screen', service.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(intake),
      });
      const expected = textWithout(answer, BY_DESIGN);
      expect(textWithout((await response.json()) as JsonObject, BY_DESIGN)).toBe(expected);
      expect(textWithout(printed[index] ?? {}, BY_DESIGN)).toBe(expected);
      verdicts.add(answer.verdict);
    }
    expect(verdicts.size).toBe(4);
  });
});
