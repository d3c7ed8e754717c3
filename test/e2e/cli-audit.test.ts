import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type Service } from '../support/service.js';
import { exampleLine, runCli, type Ran } from './cli-run.js';

const SUBJECT = 'canary-4711-to-be-forgotten';

const WHO = ['--by', 'A. Berg', '--role', 'privacy officer', '--reason', 'asked for'] as const;

let folder: string;

let dataDir: string;

let service: Service;

let key: string;

const screen = async (subject: string): Promise<string> => {
  const response = await fetch(`${service.url}/screen`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': `key-of-${subject}` },
    body: exampleLine('review', { subject }),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { readonly id: string }).id;
};

const save = async (name: string, path: string): Promise<string> => {
  const file = join(folder, name);
  writeFileSync(file, await (await fetch(service.url + path)).text());
  return file;
};

const verify = (files: readonly string[], more: readonly string[] = []): Promise<Ran> =>
  runCli(['audit', 'verify', ...files, '--key', key, '--json', ...more]);

type Verified = {
  readonly holds: boolean;
  readonly verified: readonly {
    readonly what: string;
    readonly holds: boolean;
    readonly firstBad: { readonly position: number; readonly code: string } | null;
    readonly checkpointsCompared: number;
  }[];
};

/** What was verified; where it does not hold it is told on stderr. */
const saidOf = ({ code, stdout, stderr }: Ran): Verified =>
  JSON.parse(code === 0 ? stdout : stderr) as Verified;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ketamine-screening-audit-'));
  dataDir = join(folder, 'data');
  service = await startService({ DATA_DIR: dataDir });
  for (let number = 0; number < 6; number += 1) await screen(`pt-${String(number)}`);
  const checkpoint = await (await fetch(`${service.url}/audit/checkpoint`)).json();
  key = (checkpoint as { readonly publicKey: string }).publicKey;
});

afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('audit verify', () => {
  it('checks an export, proofs and the live database, against a checkpoint as it was saved', async () => {
    const kept = await save('kept.json', '/audit/checkpoint');
    const id = await screen('pt-later');
    const files = [
      await save('proof.json', `/decisions/${id}/proof`),
      await save('growth.json', '/audit/consistency?from=4'),
    ];
    const exported = await save('export.ndjson', '/audit/export');
    const proofs = await verify(files, ['--checkpoint', kept]);
    expect([proofs.code, saidOf(proofs).verified.map(({ what }) => what)]).toEqual([
      0,
      ['inclusion', 'consistency'],
    ]);
    for (const ran of [
      await verify([exported], ['--checkpoint', kept]),
      await verify([], ['--data-dir', dataDir, '--checkpoint', kept]),
    ])
      expect(saidOf(ran)).toMatchObject({ holds: true, verified: [{ checkpointsCompared: 1 }] });
  });

  it('puts an export together whose parts stand in files of their own', async () => {
    const whole = readFileSync(await save('whole.ndjson', '/audit/export'), 'utf8').split('\n');
    const size = String(whole.length - 3);
    const first = join(folder, 'first.ndjson');
    writeFileSync(first, `${whole.slice(0, 4).join('\n')}\n${String(whole[4]).slice(0, 99)}`);
    const rest = await save('rest.ndjson', `/audit/export?from=3&size=${size}`);
    expect(saidOf(await verify([first, rest])).holds).toBe(true);
    expect(saidOf(await verify([first])).verified[0]?.firstBad).toMatchObject({
      position: 3,
      code: 'incomplete',
    });
    expect(saidOf(await verify([rest, first])).verified[0]?.firstBad).toMatchObject({ code: 'incomplete' });
  });

  it('names the entry, and says no value of it', async () => {
    const text = readFileSync(await save('changed.ndjson', '/audit/export'), 'utf8');
    const changed = join(folder, 'changed.ndjson');
    writeFileSync(changed, text.replace('"verdict":"review"', '"verdict":"eligible"'));
    const position = text.split('\n').findIndex((line) => line.includes('"verdict":"review"')) - 1;
    const ran = await verify([changed]);
    expect(ran.code).toBe(1);
    expect(saidOf(ran).verified[0]?.firstBad).toMatchObject({ position, code: 'content-differs' });
    expect(ran.stderr).not.toMatch(/pt-|eligible/);
  });

  it.each([
    ['a file that is not there', ['no-such-file']],
    ['a folder', ['.']],
    ['checkpoints that are not there', ['examples/review.json', '--checkpoint', 'no-such-file']],
    ['a file without any checkpoint', ['examples/review.json', '--checkpoint', '/dev/null']],
  ])('takes %s as wrong usage', async (_what, args) => {
    expect((await verify(args)).code).toBe(2);
  });

  it.each([
    ['no database', ['--data-dir', '/tmp/no-such-folder']],
    ['what is neither an export nor a proof', ['examples/review.json']],
  ])('does not take %s for one that holds', async (_what, args) => {
    expect([1, 3]).toContain((await verify(args)).code);
    expect(existsSync('/tmp/no-such-folder')).toBe(false);
  });

  it('says in words what holds and what was not compared', async () => {
    const exported = await save('said.ndjson', '/audit/export');
    const ran = await runCli(['audit', 'verify', exported, '--key', key]);
    expect(ran.stdout).toMatch(/^The export holds\.\n\d+ entries: /);
    expect(ran.stdout).toContain('No checkpoint that you kept was compared');
  });

  it('says what to ask for where no checkpoint that was given has the size of a proof', async () => {
    const id = await screen('pt-compared');
    const kept = await save('of-a-size.json', '/audit/checkpoint');
    const { size } = JSON.parse(readFileSync(kept, 'utf8')) as { readonly size: number };
    await screen('pt-after');
    const proof = await save('of-another.json', `/decisions/${id}/proof`);
    const young = await save('young.json', `/decisions/${await screen('pt-young')}/proof`);
    const growth = await save('of-others.json', '/audit/consistency?from=4');
    const given = [proof, young, growth, '--key', key, '--checkpoint', kept];
    const { code, stdout } = await runCli(['audit', 'verify', ...given]);
    const told = stdout.split('\n').filter((line) => line.startsWith('None of your checkpoints'));
    expect([code, told]).toEqual([
      0,
      [`?size=${String(size)},`, ...Array<string>(2).fill(`/audit/consistency?from=${String(size)} `)].map(
        (words) => expect.stringContaining(words) as unknown,
      ),
    ]);
  });
});

describe('audit erase', () => {
  const bytesOf = (): string =>
    ['', '-wal']
      .map((end) => readFileSync(join(dataDir, `ketamine-screening.db${end}`)).toString('latin1'))
      .join('');

  it('erases beside a service that screens meanwhile, and tells no reference to a patient', async () => {
    const id = await screen(SUBJECT);
    expect(bytesOf()).toContain(`key-of-${SUBJECT}`);
    const done = new AbortController();
    const meanwhile = (async () => {
      for (let number = 0; !done.signal.aborted; number += 1) await screen(`pt-meanwhile-${String(number)}`);
    })();
    const ran = await runCli(['audit', 'erase', '--data-dir', dataDir, '--subject', '-', ...WHO, '--json'], {
      stdin: `${SUBJECT}\n`,
    });
    done.abort();
    await meanwhile;
    expect(ran.code, ran.stderr).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({ erased: 1, traceless: true });
    expect(ran.stdout + ran.stderr + service.output()).not.toContain('canary');
    expect(bytesOf()).not.toContain('canary');
    const gone = await fetch(`${service.url}/decisions/${id}`);
    expect(gone.status).toBe(410);
    const database = await verify([], ['--data-dir', dataDir]);
    expect(saidOf(database)).toMatchObject({ holds: true, verified: [{ erased: 1 }] });
  });

  it('says how much there is, and that there is nothing', async () => {
    const args = ['audit', 'erase', '--data-dir', dataDir, ...WHO, '--subject'];
    expect((await runCli([...args, 'pt-1', '--dry-run'])).stdout).toBe(
      '1 entry would be erased. Nothing was.\n',
    );
    expect((await runCli([...args, 'pt-nobody'])).stdout).toMatch(/^Nothing is kept under this reference/);
    expect((await runCli([...args, ''])).code).toBe(2);
    expect((await runCli(['audit', 'erase', '--data-dir', dataDir, '--subject', 'pt-1'])).code).toBe(2);
    expect((await runCli([...args.slice(0, 2), '--data-dir', folder, ...WHO, '--subject', 'x'])).code).toBe(
      3,
    );
  });
});
