import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '../values/json.js';
import { readJson } from '../values/read-json.js';
import type { RuleFileSchema } from '../rules/rule-files.js';
import type { RuleIssue } from '../rules/rule-issue.js';
import { issuesOfZod } from '../rules/zod-issues.js';

/** A mistake in a file of a rule set. */
export type FileIssue = RuleIssue & { readonly file: string };

/** A file that was read, or what is wrong with it. */
export type FileRead<T> =
  { readonly ok: true; readonly content: T } | { readonly ok: false; readonly issues: readonly FileIssue[] };

const refuse = (file: string, issues: readonly RuleIssue[]): FileRead<never> => ({
  ok: false,
  issues: issues.map((issue) => ({ ...issue, file })),
});

const readStrictJson = (folder: string, file: string): FileRead<JsonValue> => {
  const path = join(folder, file);
  if (!existsSync(path))
    return refuse(file, [
      {
        pointer: '',
        code: 'file-missing',
        detail: 'there is no such file: write it, or take it off the list',
      },
    ]);
  const json = readJson(readFileSync(path));
  return json.ok
    ? { ok: true, content: json.value }
    : refuse(
        file,
        json.issues.map(({ pointer, detail }) => ({ pointer, code: 'not-json' as const, detail })),
      );
};

/** Reads a file of a rule set: strict JSON (no key twice), in the form of its kind. */
export const readRuleFile = <T>(folder: string, file: string, schema: RuleFileSchema<T>): FileRead<T> => {
  const json = readStrictJson(folder, file);
  if (!json.ok) return json;
  const parsed = schema.safeParse(json.content);
  return parsed.success ? { ok: true, content: parsed.data } : refuse(file, issuesOfZod(parsed.error));
};
