import { join } from 'node:path';
import type { Severity } from '../rules/rule.js';
import { writeNewRule } from '../storage/new-rule.js';
import { wrongUsage } from './exit-codes.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';

/** A rule that is to be begun: its set, its domain, its id, and how much it is to weigh. */
export type NewAsked = {
  readonly set: string;
  readonly domain: string;
  readonly id: string;
  readonly severity: string;
};

const SEVERITIES: readonly Severity[] = ['absolute', 'relative', 'precaution'];

const severityOf = (text: string): Severity => {
  const severity = SEVERITIES.find((known) => known === text);
  if (severity === undefined) throw wrongUsage(`--severity must be one of ${SEVERITIES.join(', ')}`);
  return severity;
};

const isThere = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';

const written = (rulesDir: string, { set, domain, id, severity }: NewAsked): readonly string[] => {
  try {
    const files = writeNewRule(join(rulesDir, set), { domain, id, severity: severityOf(severity) });
    if (files === null) throw wrongUsage(`\`${set}\` has no pack \`${domain}\`: make its pack.json first`);
    return files;
  } catch (error) {
    if (isThere(error)) throw wrongUsage(`there is a rule \`${id}\` already: an id is never used again`);
    throw error;
  }
};

/** `rules new`: begins a rule and its cases from a template. @throws CommandError where it cannot */
export const newRuleCommand = (rulesDir: string, asked: NewAsked, style: Style): Outcome => {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(asked.id))
    throw wrongUsage(`\`${asked.id}\` is no id of a rule: write it in kebab-case`);
  const files = written(rulesDir, asked);
  const lines = [
    ...files,
    'Write what the template asks for, then run `rules check`, `rules test` and `rules test --mutate`.',
  ];
  return outcomeOf({ lines, json: { files }, exitCode: 0 }, style);
};
