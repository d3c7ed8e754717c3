import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Severity } from '../rules/rule.js';
import type { JsonObject } from '../values/json.js';

/** Where a new rule is to stand, and how much it is to weigh. */
export type NewRule = { readonly domain: string; readonly id: string; readonly severity: Severity };

/** Each word that is still to be written; `rules check` refuses the fact, so that a template is never taken for a rule. */
const ruleTemplate = ({ domain, id, severity }: NewRule): JsonObject => ({
  $schema: '../../schema/rule.schema.json',
  id,
  title: 'What was found, in a few words',
  domain,
  severity,
  explanation: 'What was found, and why it matters for this treatment.',
  rationale: 'Why this severity; who says so, and how strongly; who disagrees.',
  action: 'Consider what a clinician may do, never an order.',
  criterion: { fact: 'theFactOfThisRule', is: true },
  citations: [
    {
      source: 'policy',
      locator: null,
      supports: 'What the source says of it',
      basis: 'to-check',
    },
  ],
  lastReviewDate: null,
  tags: [],
});

const casesTemplate = ({ id, severity }: NewRule): JsonObject => ({
  $schema: '../../schema/cases.schema.json',
  rule: id,
  severity,
  cases: [
    { name: 'answered yes', kind: 'met', facts: { theFactOfThisRule: true }, expect: 'true' },
    { name: 'answered no', kind: 'not-met', facts: { theFactOfThisRule: false }, expect: 'false' },
    { name: 'nothing known', kind: 'unknown', facts: {}, expect: 'unknown' },
  ],
});

const textOf = (value: JsonObject): string => `${JSON.stringify(value, null, 2)}\n`;

/** The last rule of the list, after which a new one stands: the rest of the file stays as it is. */
const LAST_RULE = /("rules": \[[^\]]*")(\s*\])/;

const addToPack = (file: string, id: string): void => {
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(
      LAST_RULE,
      (_all, rules: string, end: string) => `${rules},\n    ${JSON.stringify(id)}${end}`,
    ),
  );
};

/**
 * Writes a rule and its cases from a template, and adds the rule to its pack. Nothing is written over.
 * @param folder the folder of the rule set
 * @returns the files that were written, or null where the pack is not there
 * @throws Error `EEXIST` where a rule of this id is there already
 */
export const writeNewRule = (folder: string, rule: NewRule): readonly string[] | null => {
  const pack = join(folder, 'packs', rule.domain);
  const list = join(pack, 'pack.json');
  if (!existsSync(list)) return null;
  const files = [`${rule.id}.json`, `${rule.id}.cases.json`].map((name) => join(pack, name));
  const texts = [textOf(ruleTemplate(rule)), textOf(casesTemplate(rule))];
  files.forEach((file, index) => {
    writeFileSync(file, texts[index] ?? '', { flag: 'wx' });
  });
  addToPack(list, rule.id);
  return files;
};
