import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cruise, ruleNames, violationsOf } from './cruise.js';
import { projectRoot } from './source-files.js';

describe('the fences', () => {
  it('see the whole of src and find nothing to say', async () => {
    const result = await cruise(projectRoot);
    expect(result.modules.filter(({ source }) => source.startsWith('src/')).length).toBeGreaterThan(20);
    expect(violationsOf(result)).toEqual([]);
  });
});

/** Illegal files, each with the rule that must catch it. They stand in a copy of src, so that all rules see the real house. */
const planted: readonly (readonly [rule: string, path: string, text: string])[] = [
  ['door-of-values', 'values/planted-door.ts', "import '../rules/planted.js';"],
  [
    'door-of-values',
    'values/planted-type.ts',
    "import type { P } from '../rules/planted.js'; export type Q = P;",
  ],
  ['door-of-values', 'values/planted-lazy.ts', "export const lazy = import('../rules/planted.js');"],
  ['door-of-rules', 'rules/planted-door.ts', "import '../screening/planted.js';"],
  ['door-of-screening', 'screening/planted-door.ts', "import '../log/planted.js';"],
  ['door-of-formats', 'formats/planted-door.ts', "import '../services/planted.js';"],
  ['door-of-log', 'log/planted-door.ts', "import '../rules/planted.js';"],
  ['door-of-services', 'services/planted-door.ts', "import '../formats/planted.js';"],
  ['door-of-storage', 'storage/planted-door.ts', "import '../screening/planted.js';"],
  ['door-of-http', 'http/planted-door.ts', "import '../rules/planted.js';"],
  ['door-of-http', 'http/planted-storage.ts', "import '../storage/planted.js';"],
  ['storage-http-and-web-never-meet', 'http/planted-meeting.ts', "import '../storage/planted.js';"],
  ['storage-http-and-web-never-meet', 'storage/planted-meeting.ts', "import '../http/planted.js';"],
  ['door-of-web', 'web/planted-door.ts', "import '../values/planted.js';"],
  ['door-of-client', 'client/planted-door.ts', "import '../formats/planted.js';"],
  ['door-of-cli', 'cli/planted-door.ts', "import '../main.js';"],
  ['door-of-main', 'main.ts', "import './cli/planted.js';"],
  ['door-of-background', 'background.ts', "import './http/planted.js';"],
  ['door-of-config', 'config.ts', "import './cli/planted.js';"],
  ['door-of-floors', 'floors.ts', "import './services/planted.js';"],
  ['door-of-issuers', 'issuers.ts', "import './storage/planted.js';"],
  ['door-of-reception', 'reception.ts', "import './storage/planted.js';"],
  ['door-of-machine', 'machine.ts', "import './cli/planted.js';"],
  ['door-of-services', 'services/planted-cli.ts', "import '../cli/planted.js';"],
  ['door-of-services', 'services/planted-config.ts', "import '../config.js';"],
  ['every-file-has-a-room', 'attic/planted.ts', "import '../values/planted.js';"],
  ['door-of-storage', 'storage/planted-attic.ts', "import '../attic/planted.js';"],
  ['storage-sees-ports-only', 'storage/planted-service.ts', "import '../services/planted.js';"],
  ['storage-grows-the-tree-only', 'storage/planted-log.ts', "import '../log/planted.js';"],
  ['packages-of-values', 'values/planted-package.ts', "import 'zod';"],
  ['packages-of-rules', 'rules/planted-package.ts', "import 'pino';"],
  ['crypto-in-fingerprint-only', 'rules/planted-crypto.ts', "import 'node:crypto';"],
  ['packages-of-screening', 'screening/planted-disk.ts', "import 'node:fs';"],
  ['packages-of-screening', 'screening/planted-package.ts', "import 'zod';"],
  ['packages-of-formats', 'formats/planted-package.ts', "import 'fastify';"],
  ['html-in-markup-only', 'formats/book/planted-html.ts', "import 'hastscript';"],
  ['html-in-markup-only', 'cli/planted-html.ts', "import 'hast-util-to-html';"],
  ['packages-of-log', 'log/planted-disk.ts', "import 'node:fs';"],
  ['packages-of-services', 'services/planted-id.ts', "import 'uuid';"],
  ['packages-of-services', 'services/planted-crypto.ts', "import 'node:crypto';"],
  ['commands-for-the-master-key-only', 'storage/planted-command.ts', "import 'node:child_process';"],
  ['packages-of-storage', 'storage/planted-package.ts', "import 'fastify';"],
  ['packages-of-storage', 'storage/planted-net.ts', "import 'node:net';"],
  ['packages-of-http', 'http/planted-package.ts', "import 'better-sqlite3';"],
  ['packages-of-http', 'http/planted-disk.ts', "import 'node:fs/promises';"],
  ['packages-of-web', 'web/planted-package.ts', "import 'zod';"],
  ['packages-of-client', 'client/planted-package.ts', "import 'zod';"],
  ['no-cycle', 'values/planted-a.ts', "import './planted-b.js';"],
  [
    'no-cycle',
    'values/planted-types.ts',
    "import type { A } from './planted-types-b.js'; export type B = A;",
  ],
  ['no-unresolvable', 'values/planted-nowhere.ts', "import './planted-nothing.js';"],
  ['no-unresolvable', 'cli/planted-nowhere.ts', "import 'no-such-package';"],
  ['no-test-in-src', 'cli/planted-test.ts', "import '../../test/planted.js';"],
  ['no-dev-dependency-in-src', 'cli/planted-dev.ts', "import 'vitest';"],
  ['no-undeclared-package', 'cli/planted-undeclared.ts', "import 'acorn';"],
  ['no-orphan', 'values/planted-orphan.ts', 'export const alone = 1;'],
];

/** Files that the planted ones lean on. What they do themselves is not looked at. */
const props: readonly (readonly [path: string, text: string])[] = [
  ...['values', 'rules', 'screening', 'formats', 'log', 'services', 'storage', 'http', 'cli'].map(
    (room) => [`src/${room}/planted.ts`, 'export type P = 1;'] as const,
  ),
  ['src/log/commitment.ts', 'export const commitment = 1;'],
  ['src/values/planted-b.ts', "import './planted-a.js';"],
  ['src/values/planted-types-b.ts', "import type { B } from './planted-types.js'; export type A = B;"],
  ['test/planted.ts', 'export const test = 1;'],
];

/** Imports that no rule may complain about. */
const legal: readonly (readonly [path: string, text: string])[] = [
  ['values/planted-fine.ts', "import '@lhncbc/ucum-lhc'; import './planted.js';"],
  ['rules/planted-fine.ts', "import 'zod'; import 'canonicalize'; import '../values/planted.js';"],
  ['formats/book/markup.ts', "import 'hastscript'; import 'hast-util-to-html'; import '../planted.js';"],
  ['log/planted-fine.ts', "import 'node:crypto'; import 'canonicalize'; import '../values/planted.js';"],
  ['services/planted-fine.ts', "import '../log/planted.js'; import '../screening/planted.js';"],
  [
    'storage/planted-fine.ts',
    "import type { P } from '../services/planted.js'; import 'better-sqlite3'; import 'drizzle-orm/better-sqlite3'; import 'node:fs'; import '../log/commitment.js'; export type Q = P;",
  ],
  ['http/planted-fine.ts', "import 'fastify'; import '@fastify/swagger'; import '../services/planted.js';"],
  ['client/planted-fine.ts', "import 'openapi-fetch'; import './wire.js';"],
  [
    'cli/planted-fine.ts',
    "import 'commander'; import '../storage/planted.js'; import '../http/planted.js'; import '../config.js';",
  ],
];

describe('the canary', () => {
  let folder = '';
  let violations: readonly string[] = [];

  const plant = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${text}\n`);
  };

  beforeAll(async () => {
    mkdirSync(join(projectRoot, '.cache'), { recursive: true });
    folder = mkdtempSync(join(projectRoot, '.cache/fences-'));
    for (const name of ['src', 'package.json', 'tsconfig.json']) {
      cpSync(join(projectRoot, name), join(folder, name), { recursive: true });
    }
    for (const [path, text] of props) plant(path, text);
    for (const [path, text] of legal) plant(`src/${path}`, text);
    for (const [, path, text] of planted) plant(`src/${path}`, text);
    violations = violationsOf(await cruise(folder));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each(planted)('hears %s about src/%s', (rule, path) => {
    expect(violations.filter((violation) => violation.startsWith(`${rule}: `))).toContainEqual(
      expect.stringContaining(`src/${path}`),
    );
  });

  it('has been taught every rule', () => {
    const untaught = ruleNames.filter((name) => !planted.some(([rule]) => rule === name));
    expect(untaught).toEqual([]);
  });

  it.each(legal)('hears nothing about src/%s', (path) => {
    expect(violations.filter((violation) => violation.includes(`src/${path} -> `))).toEqual([]);
  });
});
