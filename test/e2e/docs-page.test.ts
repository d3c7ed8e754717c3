import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { methodsOf, paths } from '../support/api-description.js';
import { launchBrowser, type Launched } from '../support/browser.js';
import { startService, type Service } from '../support/service.js';

let service: Service;
let launched: Launched;

beforeAll(async () => {
  [service, launched] = await Promise.all([startService(), launchBrowser()]);
});

afterAll(async () => {
  await launched.browser?.close();
  await service.stop();
});

/** What a page did while it was open: what it asked for, and what the browser complained about. */
type Opened = { readonly page: Page; readonly asked: string[]; readonly complaints: string[] };

let opened: Opened;

const openIn = async (browser: NonNullable<Launched['browser']>, path: string): Promise<Opened> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1100 } });
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(service.url + path, { waitUntil: 'networkidle' });
  await page.waitForSelector('.opblock');
  return { page, asked, complaints };
};

const operations = paths.flatMap((path) => methodsOf(path).map((method) => `${method} ${path}`));

const textsOf = (selector: string): Promise<readonly string[]> =>
  opened.page.locator(selector).allTextContents();

/** Zero-width spaces, at which the page lets a long path break. */
const plain = (text: string): string => text.replaceAll('\u200b', '').trim();

describe('the page of the API reference', () => {
  beforeEach(async (context) => {
    if (launched.browser === null) context.skip(launched.why);
    else opened = await openIn(launched.browser, '/docs');
    return () => opened.page.close();
  });

  it('shows every operation, and the table of problems', async () => {
    const methods = await textsOf('.opblock-summary-method');
    const shown = await textsOf('.opblock-summary-path');
    expect(methods.map((method, at) => `${method} ${plain(shown[at] ?? '')}`).toSorted()).toEqual(
      operations.toSorted(),
    );
    expect(await opened.page.title()).toBe('ketamine-screening: API reference');
    expect((await textsOf('.info table td')).map(plain)).toContain(
      'urn:ketamine-screening:problem:invalid-intake',
    );
  });

  it('shows the examples of an operation, and can try it out', async () => {
    const { page } = opened;
    const operation = page.locator('.opblock', { has: page.locator('[data-path="/screen"]') });
    await operation.locator('.opblock-summary-control').click();
    await operation.getByText('"subject": "example-eligible"').first().waitFor();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    await operation.locator('.live-responses-table').getByText('"verdict": "eligible"').waitFor();
    mkdirSync('.cache', { recursive: true });
    await page.screenshot({ path: '.cache/docs-page.png' });
    expect(opened.complaints).toEqual([]);
  });

  it('loads what lies on this machine and nothing else, and the browser has nothing to complain about', () => {
    expect(opened.asked.length).toBeGreaterThan(4);
    expect(opened.asked.filter((url) => !url.startsWith(service.url) && !url.startsWith('data:'))).toEqual(
      [],
    );
    expect(opened.complaints).toEqual([]);
  });
});

describe('the policy of its pages', () => {
  it.each(['/docs', '/docs/', '/docs/static/swagger-ui.css', '/docs/json'])(
    'lets %s load from here only',
    async (path) => {
      const { headers, status } = await fetch(service.url + path);
      expect(status).toBe(200);
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'self'; /);
      expect(headers.get('content-security-policy')).not.toMatch(/https?:|\*|script-src/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  it.each(['/rules', '/openapi.json', '/health/live'])(
    'is not that of %s, which loads nothing',
    async (path) => {
      const { headers } = await fetch(service.url + path);
      expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    },
  );

  it('takes no other method than the pages do', async () => {
    const { status, headers } = await fetch(`${service.url}/docs`, { method: 'POST' });
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});
