import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { publishedSchemas } from '../../../src/rules/published-schemas.js';
import { readRuleFolder } from '../../../src/storage/rule-folder.js';

const FOLDER = 'rules/ketamine-pain';
const KINDS = ['rule-set', 'facts', 'sources', 'pack', 'rule', 'cases', 'coverage', 'releases'];

const textOf = (path: string): string => readFileSync(join(FOLDER, path), 'utf8');

const read = readRuleFolder(FOLDER);
const published = read.ok ? publishedSchemas(read.value.ruleSet.body) : {};

const ajv = new Ajv2020({ strict: false, validateFormats: false });

const validatorOf = (kind: string): ValidateFunction =>
  ajv.compile(JSON.parse(textOf(`schema/${kind}.schema.json`)) as object);

const validators = new Map(KINDS.map((kind) => [kind, validatorOf(kind)]));

const kindOf = (path: string): string => {
  if (path.endsWith('.cases.json')) return 'cases';
  if (path.endsWith('pack.json')) return 'pack';
  if (path.startsWith('coverage/')) return 'coverage';
  if (path === 'releases/index.json') return 'releases';
  return path.startsWith('packs/') ? 'rule' : path.replace('.json', '');
};

const isValid = (kind: string, json: unknown): boolean => validators.get(kind)?.(json) === true;

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.json') && !path.startsWith('schema'))
  // A released body is no file that anyone writes.
  .filter((path) => !/^releases\/\d/.test(path))
  .toSorted();

describe('the files of the rule set', () => {
  it('are many, so that what follows looks at something', () => {
    expect(files.length).toBeGreaterThan(100);
  });

  it.each(files)('%s is valid by its schema', (path) => {
    expect(isValid(kindOf(path), JSON.parse(textOf(path)))).toBe(true);
  });
});

describe('the schema of a rule', () => {
  const rule = textOf('packs/cardiovascular/recent-cardiovascular-event.json');

  it.each([
    ['a misspelt fact', '"acuteHeartEvent"', '"acuteHeartEvnt"'],
    ['a misspelt source of a number', '"ema-spravato"', '"ema-spravto"'],
    ['a misspelt key', '"rationale"', '"rational"'],
    ['an unknown operator', '"<="', '"=<"'],
    ['an unknown severity', '"absolute"', '"absolut"'],
  ])('refuses %s', (_what, from, to) => {
    const text = rule.replaceAll(from, to);
    expect(text).not.toBe(rule);
    expect(isValid('rule', JSON.parse(text))).toBe(false);
  });
});

describe('the committed schemas', () => {
  it('are all that are published', () => {
    expect(Object.keys(published).toSorted()).toEqual(readdirSync(join(FOLDER, 'schema')).toSorted());
  });

  it.each(KINDS)('say of a %s file what the service enforces', (kind) => {
    const name = `${kind}.schema.json`;
    expect(JSON.parse(textOf(`schema/${name}`))).toEqual(published[name]);
  });
});
