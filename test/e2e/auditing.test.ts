import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNoPython } from '../support/python.js';
import { freePort, openSession, type Printed, type Session } from './page-session.js';

const PAGE = 'docs/auditing.md';
const ADDRESS = '127.0.0.1:3000';
const BLOCK = /^```console\n([^]*?)^```$/gm;
const UPDATE = process.env.UPDATE_EXAMPLES === '1';

/** A command of the page, and what stands below it. */
type Example = { readonly command: string; readonly output: string };

const page = readFileSync(PAGE, 'utf8');

const examplesIn = (block: string): readonly Example[] =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((text) => {
      const [command = '', ...lines] = text.split('\n');
      return { command, output: lines.join('\n') };
    });

const examples = [...page.matchAll(BLOCK)].flatMap(([, block = '']) => examplesIn(block));

let folder: string;
let port: number;
let session: Session;
/** Whether a command failed: those behind it would fail for no reason of their own. */
let isBroken = false;
/** What the commands printed now, in the order of the page. */
const printed: string[] = [];

/** A checkout to run in, so that no command can change this one. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-auditing-'));
  for (const name of ['examples', 'rules', 'package.json'])
    cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(resolve('dist'), join(folder, 'dist'));
  port = await freePort();
  session = openSession(folder, { PORT: String(port) });
});

afterAll(async () => {
  await session.end();
  rmSync(folder, { recursive: true });
  if (UPDATE && printed.length === examples.length) writeFileSync(PAGE, pageWith(printed));
});

const pageWith = (outputs: readonly string[]): string => {
  const left = [...outputs];
  return page.replaceAll(
    BLOCK,
    (_, block: string) =>
      `\`\`\`console\n${examplesIn(block)
        .map(({ command }) => `$ ${command}\n${left.shift() ?? ''}`)
        .join('')}\`\`\``,
  );
};

/** The fingerprints of the versions that are released with this checkout: they are for ever the same. */
const lasting = readFileSync('rules/ketamine-pain/releases/index.json', 'utf8');

/** What differs at every run: ids, times, days of today, hashes, keys, and the port. */
const masked = (text: string): string =>
  text
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '…')
    .replace(/\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z/g, '…')
    .replace(/\b[0-9a-f]{64}\b/g, (hash) => (lasting.includes(hash) ? hash : '…'))
    .replace(/\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}/g, '+…')
    .replace(/ketamine-screening\/[0-9a-f]{16}/g, 'ketamine-screening/…')
    .replace(/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{91}=/g, '…')
    .replaceAll(`127.0.0.1:${String(port)}`, ADDRESS);

const run = async (command: string): Promise<Printed> => {
  const { output, code } = await session.run(command.replace(ADDRESS, `127.0.0.1:${String(port)}`));
  return { output: masked(output), code };
};

describe(PAGE, () => {
  it('has the commands of an audit', () => {
    for (const words of ['/audit/checkpoint', '/decisions/search', '/proof', '/audit/consistency', '/replay'])
      expect(examples.some(({ command }) => command.includes(words))).toBe(true);
    expect(examples.length).toBeGreaterThan(50);
  });

  it.for(examples)('$command', { timeout: 60_000 }, async ({ command, output }, context) => {
    const why = command.startsWith('python3 ') ? whyNoPython() : null;
    if (why !== null) context.skip(why);
    expect(isBroken, 'a command before this one failed').toBe(false);
    isBroken = true;
    const now = await run(command);
    expect(now.code, now.output).toBe(0);
    isBroken = false;
    printed.push(now.output);
    if (!UPDATE) expect(now.output).toBe(output);
  });
});
