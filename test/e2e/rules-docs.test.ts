import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, type Launched } from '../support/browser.js';
import { copyOf, tempFolder } from '../support/sqlite.js';
import { jsonLines, runCli, type Ran } from './cli-run.js';

const SET = 'ketamine-pain';

const docs = (...args: readonly string[]): Promise<Ran> => runCli(['rules', 'docs', ...args]);

describe('rules docs', () => {
  it('writes the same page to stdout and to a file, and says what it wrote', async () => {
    const file = join(tempFolder(), 'book.html');
    const [page, written] = await Promise.all([docs(SET), docs(SET, '--out', file)]);
    expect([page.code, page.stderr, written.code, written.stderr]).toEqual([0, '', 0, '']);
    expect(page.stdout).toMatch(/^<!doctype html><html lang="en">/);
    expect(readFileSync(file, 'utf8')).toBe(page.stdout);
    expect(written.stdout).toMatch(/book\.html: ketamine-pain \S+, \d+ rules, \d+ facts, \d+ sources\n$/);
  });

  it('takes a version by its name, which is no question for that of the program', async () => {
    const file = join(tempFolder(), 'book.html');
    const [listed] = jsonLines((await runCli(['rules', 'list', '--json'])).stdout) as {
      items: { id: string; version: string }[];
    }[];
    const { version = '' } = listed?.items.find(({ id }) => id === SET) ?? {};
    const { stdout } = await docs(SET, '--version', version, '--out', file);
    expect(stdout).toContain(`book.html: ${SET} ${version}, `);
    const missing = await docs(SET, '--version', '9.9.9');
    expect([missing.code, missing.stdout, missing.stderr]).toEqual([
      2,
      '',
      `ketamine-screening: \`${SET}\` has no version 9.9.9: see \`rules list\`\n`,
    ]);
  });

  it('speaks JSON to programs: of what it wrote, and of why it wrote nothing', async () => {
    const file = join(tempFolder(), 'book.html');
    const [written, other, bare] = await Promise.all([
      docs(SET, '--out', file, '--json'),
      docs('other', '--out', file, '--json'),
      docs(SET, '--json'),
    ]);
    expect([written.code, jsonLines(written.stdout)]).toMatchObject([0, [{ written: file, id: SET }]]);
    for (const { code, stdout, stderr } of [other, bare])
      expect([code, stdout, jsonLines(stderr)]).toMatchObject([
        2,
        '',
        [{ errors: [{ code: 'wrong-usage' }] }],
      ]);
  });
});

const HOSTILE = `</title><script>document.title = 'run'</script><b title="'">&lt;`;

/** The book of a copy of the rules in which a rule is called what would be markup. */
const hostileBook = async (): Promise<string> => {
  const folder = tempFolder();
  const rules = copyOf('rules');
  const path = join(rules, SET, 'packs/bladder/icsi-rise.json');
  const rule = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, JSON.stringify({ ...rule, title: HOSTILE, action: HOSTILE }));
  const file = join(folder, 'book.html');
  const { code, stderr } = await docs(SET, '--out', file, '--rules-dir', rules);
  expect([code, stderr]).toEqual([0, '']);
  return file;
};

let launched: Launched;

beforeAll(async () => {
  launched = await launchBrowser();
});

afterAll(() => launched.browser?.close());

describe('the page', () => {
  let page: Page;
  const asked: string[] = [];
  const complaints: string[] = [];

  beforeEach(async (context) => {
    if (launched.browser === null) return context.skip(launched.why);
    const url = pathToFileURL(await hostileBook()).href;
    page = await launched.browser.newPage({ viewport: { width: 390, height: 844 } });
    asked.length = complaints.length = 0;
    page.on('request', (request) => asked.push(request.url()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(url, { waitUntil: 'networkidle' });
    return () => page.close();
  });

  it('asks for nothing but itself, and the browser has nothing to complain about', () => {
    expect(asked).toEqual([page.url()]);
    expect(complaints).toEqual([]);
  });

  it('fits a phone, a desk and paper without anything to the right of it', async () => {
    for (const media of ['screen', 'print'] as const)
      for (const width of [390, 320, 1280]) {
        await page.emulateMedia({ media });
        await page.setViewportSize({ width, height: 844 });
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
      }
  });

  it('follows every link inside it to a place that there is once', async () => {
    const ids = await page.evaluate<string[]>("[...document.querySelectorAll('[id]')].map(({ id }) => id)");
    const links = await page.evaluate<string[]>(
      "[...document.links].map((link) => link.getAttribute('href'))",
    );
    const inside = links.filter((href) => href.startsWith('#')).map((href) => href.slice(1));
    expect(inside.length).toBeGreaterThan(500);
    expect(inside.filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids.length).toBe(new Set(ids).size);
    expect(links.filter((href) => !/^(#|https?:)/.test(href))).toEqual([]);
  });

  it('shows what looks like markup as the text that it is', async () => {
    mkdirSync('.cache', { recursive: true });
    await page.locator('[id="rule-icsi-rise"]').scrollIntoViewIfNeeded();
    await page.screenshot({ path: '.cache/book-phone.png' });
    expect(await page.locator('[id="rule-icsi-rise"] > h3').textContent()).toBe(HOSTILE);
    expect(await page.locator('script, main b').count()).toBe(0);
    expect(await page.title()).toMatch(/^Ketamine for pain/);
  });

  it('is light and dark as the reader wants, and light on paper', async () => {
    const background = (): Promise<string> =>
      page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await background();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await background()).not.toBe(light);
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    expect(await background()).toBe(light);
  });
});
