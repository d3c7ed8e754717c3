import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type TestContext } from 'vitest';
import {
  healthCommand,
  imageCommand,
  imageEnvironment,
  layOutImage,
  makeDataDir,
  namesIn,
} from './dockerfile-tree.js';

/** Nobody, and not the user of the image: whatever works for this one needs no name and no home. */
const UID = 65534;

const isRoot = process.getuid?.() === 0;

const NOT_ROOT = 'only root can start a process as another user';

let root: string;
let app: string;
let data: string;

beforeAll(() => {
  if (!isRoot) return;
  root = mkdtempSync(join(tmpdir(), 'ketamine-screening-image-'));
  chmodSync(root, 0o755);
  app = join(root, 'app');
  layOutImage(app);
}, 120_000);

beforeEach(() => {
  if (!isRoot) return;
  data = join(root, 'data');
  makeDataDir(data, UID);
});

afterEach(() => {
  if (isRoot) rmSync(data, { recursive: true });
});

afterAll(() => {
  if (isRoot) rmSync(root, { recursive: true });
});

const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const address = /"address":"(http:[^"]+)"/.exec(output)?.[1];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      reject(new Error(`it stopped with ${String(code)}: ${output}`));
    });
  });

const endOf = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(code ?? signal);
    });
  });

const verdictFrom = async (url: string): Promise<unknown> => {
  const headers = { 'content-type': 'application/json' };
  const body = readFileSync('examples/ineligible.json', 'utf8');
  return (await fetch(`${url}/screen`, { method: 'POST', headers, body })).json();
};

/** Ends with 0 where the service is healthy: the very words of the HEALTHCHECK. */
const healthOf = (url: string): number | null =>
  spawnSync(process.execPath, healthCommand, {
    env: { ...imageEnvironment, PORT: new URL(url).port },
  }).status;

const expectService = async (child: ChildProcess): Promise<void> => {
  const stopped = endOf(child);
  const url = await addressOf(child);
  expect(await verdictFrom(url)).toMatchObject({ verdict: 'ineligible' });
  expect(healthOf(url)).toBe(0);
  child.kill('SIGTERM');
  expect(await stopped).toBe(0);
  expect(healthOf(url)).toBe(1);
};

describe('the files of the image', () => {
  it('hold no package that only developers need', (context) => {
    if (!isRoot) context.skip(NOT_ROOT);
    const packages = namesIn(join(app, 'node_modules')).filter((name) => !name.includes('/'));
    expect(packages).toEqual(expect.arrayContaining(['better-sqlite3', 'commander', 'fastify']));
    for (const name of ['typescript', 'vitest', 'eslint', 'prettier', 'tsx'])
      expect(packages).not.toContain(name);
  });

  it('start as a user who can write to the data folder alone', { timeout: 60_000 }, async (context) => {
    if (!isRoot) context.skip(NOT_ROOT);
    const before = namesIn(app);
    const child = spawn(process.execPath, imageCommand, {
      cwd: app,
      uid: UID,
      gid: UID,
      env: {
        ...imageEnvironment,
        PORT: '0',
        DATA_DIR: data,
        RULES_DIR: join(app, 'rules'),
        SQLITE_TMPDIR: data,
      },
    });
    await expectService(child);
    expect(namesIn(app)).toEqual(before);
    expect(namesIn(data)).toContain('ketamine-screening.db');
    expect(statSync(join(data, 'ketamine-screening.db')).uid).toBe(UID);
  });
});

/** Folders of this machine that hold Node.js and its libraries, and what a container is given by its engine. */
const SHARED = ['/bin', '/dev', '/etc', '/lib', '/lib64', '/opt', '/proc', '/usr'];

/**
 * Runs a command with the files of the image as its whole root, read-only, at the paths that the image has them, as an engine would with
 * `--read-only`: in a mount namespace of its own, so that nothing of this machine changes. `$1` is the root, the rest is the command.
 */
const IN_IMAGE = `
set -eu
root=$1; shift
mount --bind "$root" "$root"
for folder in ${SHARED.join(' ')}; do
  if [ -d "$folder" ]; then mount --rbind "$folder" "$root$folder"; fi
done
mount --bind "$root/data" "$root/data"
mount -o remount,bind,ro "$root"
exec chroot --userspec=${String(UID)}:${String(UID)} "$root" /bin/sh -c 'cd /app && exec "$@"' sh "$@"
`;

/** Runs a command, the words that follow, in a mount namespace of its own. */
const NAMESPACE = ['-c', 'exec unshare --mount "$@"', 'sh'];

const inImage = (args: readonly string[]): ChildProcess =>
  spawn('sh', [...NAMESPACE, 'sh', '-c', IN_IMAGE, 'sh', root, process.execPath, ...args], {
    env: { ...imageEnvironment, PATH: process.env.PATH, PORT: '0' },
  });

const skipWithoutNamespaces = (context: TestContext): void => {
  if (!isRoot) context.skip(NOT_ROOT);
  // In a namespace that ends at once: what was mounted there is gone with it.
  const tried = spawnSync('sh', [...NAMESPACE, 'mount', '--bind', app, app]);
  if (!SHARED.some((folder) => process.execPath.startsWith(`${folder}/`)))
    context.skip(`Node.js lies at ${process.execPath}, which the image would not see`);
  if (tried.status !== 0) context.skip('this machine lets nobody make a mount namespace (unshare --mount)');
};

const outputOf = async (child: ChildProcess): Promise<string> => {
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await endOf(child);
  return output;
};

describe('the image, with a root that is read-only', () => {
  beforeAll(() => {
    if (!isRoot) return;
    for (const folder of [...SHARED, '/tmp']) mkdirSync(join(root, folder), { recursive: true });
    chmodSync(join(root, 'tmp'), 0o1777);
  });

  it('lets itself write to /data and nowhere else', async (context) => {
    skipWithoutNamespaces(context);
    const script = `for (const folder of ['/', '/app', '/app/rules', '/tmp', '/data'])
      try { fs.writeFileSync(folder + '/written', ''); console.log(folder, 'written'); }
      catch ({ code }) { console.log(folder, code); }`;
    expect((await outputOf(inImage(['-e', script]))).split('\n')).toEqual([
      '/ EROFS',
      '/app EROFS',
      '/app/rules EROFS',
      '/tmp EROFS',
      '/data written',
      '',
    ]);
  });

  it('starts, answers, is healthy and stops', { timeout: 60_000 }, async (context) => {
    skipWithoutNamespaces(context);
    await expectService(inImage(imageCommand));
    expect(namesIn(data)).toContain('ketamine-screening.db');
  });

  it('has the commands too', { timeout: 60_000 }, async (context) => {
    skipWithoutNamespaces(context);
    const child = inImage(['dist/cli/main.js', 'screen', '-', '--json']);
    child.stdin?.end(readFileSync('examples/review.json'));
    expect(await outputOf(child)).toContain('"verdict":"review"');
  });
});

describe('the health check', () => {
  it('finds a service unwell that does not answer', () => {
    expect(healthOf('http://127.0.0.1:9')).toBe(1);
  });
});
