import { existsSync } from 'node:fs';
import { chromium as playwright, type Browser } from 'playwright-core';

/** A browser that runs, or why none does. */
export type Launched =
  { readonly browser: Browser; readonly why?: never } | { readonly browser: null; readonly why: string };

/** Makes the packed Chromium unpack the libraries that it needs, instead of taking those of the machine. */
const OWN_LIBRARIES = {
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
  AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x',
};

const systemHasLibraries = (): boolean =>
  ['/usr/lib/x86_64-linux-gnu/libnss3.so', '/lib/x86_64-linux-gnu/libnss3.so'].some((path) =>
    existsSync(path),
  );

/** Where Chromium is: CHROMIUM_PATH, or the one that comes with the tests (Linux on x64 only). */
const chromiumPath = async (): Promise<string> => {
  if (process.env.CHROMIUM_PATH !== undefined) return process.env.CHROMIUM_PATH;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('no Chromium comes for this machine: set CHROMIUM_PATH');
  // Read when the package is loaded, so it is set before.
  if (!systemHasLibraries()) Object.assign(process.env, OWN_LIBRARIES);
  const { default: packed } = await import('@sparticuz/chromium');
  return packed.executablePath();
};

/** Starts Chromium. It never throws: a machine on which it cannot start is told so, and the tests are skipped aloud. */
export const launchBrowser = async (): Promise<Launched> => {
  try {
    const executablePath = await chromiumPath();
    return { browser: await playwright.launch({ executablePath, args: ['--no-sandbox'] }) };
  } catch (error) {
    return { browser: null, why: `Chromium cannot start: ${String(error).split('\n')[0] ?? ''}` };
  }
};
