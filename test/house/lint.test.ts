import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { projectRoot } from './source-files.js';

const eslint = new ESLint({ cwd: projectRoot });

/** The rules that a text breaks where it stands in the place of a file. That file is only borrowed: it is not changed. */
const rulesBrokenBy = async (text: string, filePath: string): Promise<readonly string[]> => {
  const results = await eslint.lintText(text, { filePath });
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId ?? 'unreadable'));
};

const pureFile = 'src/values/json.ts';
const testFile = 'test/unit/values/read-json.test.ts';

/** Statements that a linter must refuse in a pure room, each with the rule that must refuse it. */
const refused: readonly (readonly [rule: string, text: string])[] = [
  [
    '@typescript-eslint/strict-boolean-expressions',
    "const f = (t: 'true' | 'false'[]) => [1].filter(() => t);",
  ],
  ['@typescript-eslint/strict-boolean-expressions', 'const f = (b: boolean | undefined) => (b ? 1 : 2);'],
  ['@typescript-eslint/strict-boolean-expressions', 'const f = (s: string) => (s ? 1 : 2);'],
  ['@typescript-eslint/strict-boolean-expressions', 'const f = (o: object | null) => (o ? 1 : 2);'],
  [
    '@typescript-eslint/switch-exhaustiveness-check',
    "const f = (t: 'a' | 'b') => { switch (t) { case 'a': return 1; } return 2; };",
  ],
  [
    '@typescript-eslint/switch-exhaustiveness-check',
    "const f = (t: 'a' | 'b') => { switch (t) { case 'a': return 1; default: return 2; } };",
  ],
  [
    '@typescript-eslint/consistent-type-imports',
    "import { Issue } from './issue.js'; const f = (i: Issue) => i.code;",
  ],
  ['@typescript-eslint/no-non-null-assertion', 'const f = (s: string | null) => s!.length;'],
  ['@typescript-eslint/consistent-type-assertions', 'const f = (s: unknown) => s as string;'],
  ['@typescript-eslint/no-explicit-any', 'const f = (s: any) => 1;'],
  ['@typescript-eslint/no-unsafe-return', 'const f = (s: string): number => JSON.parse(s);'],
  ['@typescript-eslint/no-floating-promises', 'const f = async () => 1; f();'],
  ['@typescript-eslint/consistent-type-definitions', 'interface A { readonly a: 1 }'],
  ['max-lines', 'const a = 1;\n'.repeat(301)],
  ['max-lines', '// said\n\n'.repeat(151)],
  ['max-lines-per-function', `const f = () => {\n${'// said\n'.repeat(50)}};`],
  ['complexity', `const f = (n: number) => { ${'if (n > 1) n += 1;'.repeat(8)} return n; };`],
  ['max-params', 'const f = (a: 1, b: 1, c: 1, d: 1) => a + b + c + d;'],
  [
    'max-depth',
    'const f = (b: boolean) => { if (b) { if (!b) { if (b) { if (!b) { return 1; } } } } return 2; };',
  ],
  ['no-restricted-syntax', 'const now = new Date();'],
  ['no-restricted-syntax', 'const now = Date();'],
  ['no-restricted-syntax', 'const now = Date.now();'],
  ['no-restricted-syntax', "const now = Date['now']();"],
  ['no-restricted-syntax', 'const clock = { now: Date.now };'],
  ['no-restricted-syntax', 'const chance = Math.random();'],
  ['no-restricted-syntax', 'const day = new Date(0).getDate();'],
  ['no-restricted-syntax', "const order = 'a'.localeCompare('b');"],
  ['no-restricted-syntax', "export * from './issue.js';"],
  ['no-restricted-syntax', 'export default 1;'],
  ['no-restricted-syntax', 'const f = (b: boolean | undefined) => b ?? false;'],
  ['no-restricted-syntax', "const f = (t: 'true' | 'false' | undefined) => t ?? 'false';"],
  ['no-restricted-syntax', 'const f = (b: boolean) => b || false;'],
  ['no-restricted-syntax', 'const f = (b: boolean | undefined) => { b ??= false; return b; };'],
  ['no-restricted-globals', 'const home = process.env.HOME;'],
  ['no-restricted-globals', 'const now = performance.now();'],
  ['no-restricted-globals', 'const id = crypto.randomUUID();'],
  ['no-restricted-globals', 'const now = globalThis.Date;'],
  ['no-restricted-imports', "import { randomUUID } from 'node:crypto'; const id = randomUUID();"],
];

/** Statements that are nobody's fault. */
const accepted: readonly (readonly [text: string, filePath: string])[] = [
  ["const f = (text: string) => new Date(text).toISOString(); f('');", pureFile],
  ["const all = ['a', 'b'] as const; all.map((a) => a);", pureFile],
  ['const f = (n: number | undefined) => n ?? 0; f(1);', pureFile],
  ['const f = (n: number) => `${n} mm[Hg]`; f(1);', pureFile],
  ["import { createHash } from 'node:crypto'; createHash('sha256');", pureFile],
  ['const f = (s: unknown) => s as string; f(1);', testFile],
  ['const now = Date.now() + Math.random(); process.exitCode = now;', testFile],
  [`const f = () => {\n${'// said\n'.repeat(60)}};\nf();`, testFile],
];

describe('the linter', () => {
  it.each(refused)('says %s about %j', async (rule, text) => {
    expect(await rulesBrokenBy(text, pureFile)).toContain(rule);
  });

  it.each(accepted)('says nothing about %j in %s', async (text, filePath) => {
    expect(await rulesBrokenBy(text, filePath)).toEqual([]);
  });

  it.each([
    'rules/rule.ts',
    'screening/facts.ts',
    'formats/planted.ts',
    'log/planted.ts',
    'services/planted.ts',
  ])('allows no clock in src/%s', async (path) => {
    const config = (await eslint.calculateConfigForFile(`src/${path}`)) as { rules: Record<string, unknown> };
    expect(JSON.stringify(config.rules['no-restricted-syntax'])).toContain('No clock in this room');
    expect(JSON.stringify(config.rules['no-restricted-globals'])).toContain('process');
  });
});
