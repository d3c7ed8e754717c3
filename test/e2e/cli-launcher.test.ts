import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeOf, type Ran } from './cli-run.js';

const LAUNCHER = 'bin/ketamine-screening.js';

let folder: string;

/** A checkout as it is before anything was installed or built. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-launcher-'));
  for (const name of ['bin', 'src', 'rules', 'migrations', 'examples', 'package.json', 'tsconfig.json'])
    cpSync(name, join(folder, name), { recursive: true });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const launch = (...args: readonly string[]): Promise<Ran> =>
  outcomeOf(spawn(process.execPath, [LAUNCHER, ...args], { cwd: folder }));

/** As `npm ci` leaves it: packages, and no build. */
const install = (): void => {
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
};

const binOf = (file: string): unknown =>
  (JSON.parse(readFileSync(file, 'utf8')) as { bin: Record<string, string> }).bin['ketamine-screening'];

/** npm, without the network and without a trace in the cache of whoever runs the tests. */
const npx = (...args: readonly string[]): Promise<Ran> =>
  outcomeOf(
    spawn('npx', ['--offline', 'ketamine-screening', ...args], {
      cwd: folder,
      env: { ...process.env, npm_config_cache: join(folder, 'npm-cache'), npm_config_loglevel: 'silent' },
    }),
  );

describe('the launcher', () => {
  it('may be executed, and is what `bin` names', () => {
    expect(statSync(LAUNCHER).mode & 0o111).toBe(0o111);
    expect(binOf('package.json')).toBe(LAUNCHER);
  });

  it('says what to do where nothing is installed', async () => {
    expect(await launch('--help')).toEqual({
      code: 3,
      stdout: '',
      stderr: 'ketamine-screening is not built: run `npm ci` and `npm run build`, then try again\n',
    });
  });

  it(
    'builds once after `npm ci`, with npx too, and keeps stdout for answers',
    { timeout: 240_000 },
    async () => {
      const file = join(folder, 'package.json');
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(/"dist\/cli\/main\.js"(?=\s*\})/, `"${LAUNCHER}"`),
      );
      install();
      const first = await npx('rules', 'list');
      expect([first.code, first.stdout]).toEqual([0, expect.stringMatching(/^ketamine-pain /)]);
      expect(first.stderr).toContain('ketamine-screening: not built yet; building it once\n');
      const second = await npx('screen', '--exit-verdict', '--json', 'examples/review.json');
      expect([second.code, second.stdout]).toEqual([11, expect.stringContaining('"verdict":"review"')]);
      expect(second.stderr).not.toContain('building');
      // A build from scratch makes files that may not be executed: only the launcher must be.
      rmSync(join(folder, 'dist'), { recursive: true });
      cpSync('dist', join(folder, 'dist'), { recursive: true });
      expect(await npx('--help')).toMatchObject({ code: 0, stderr: '' });
    },
  );

  it('runs what is built, without the compiler', async () => {
    install();
    cpSync('dist', join(folder, 'dist'), { recursive: true });
    expect(await launch('screen', '--exit-verdict', 'examples/ineligible.json')).toMatchObject({ code: 13 });
    expect(existsSync(join(folder, 'dist/cli/main.js'))).toBe(true);
  });
});
