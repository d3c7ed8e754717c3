import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createScreeningClient, type Answer, type Problem } from '../../src/client/screening-client.js';
import { startService, type Service } from '../support/service.js';

const run = promisify(execFile);

let service: Service;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

const screened = async (): Promise<Answer> => {
  const body = { facts: { acuteHeartEvent: true, lastHeartEventDate: '2026' }, subject: 'pt-1' };
  const { data } = await createScreeningClient(service.url).POST('/screen', { body });
  if (data === undefined) return expect.unreachable();
  return data;
};

describe('the typed client', () => {
  it('screens a patient, and finds the decision again', async () => {
    const { id, verdict } = await screened();
    expect(verdict).toBe('incomplete');
    const client = createScreeningClient(service.url);
    const { data } = await client.GET('/decisions/{id}', { params: { path: { id } } });
    expect([data?.verdict, data?.findings.length]).toEqual([verdict, expect.any(Number)]);
  });

  it('gives a problem as a value, with every fault', async () => {
    const { data, error, response } = await createScreeningClient(service.url).POST('/screen', {
      body: { facts: { colour: 'blue', age: 'x' } },
    });
    const problem: Problem | undefined = error;
    expect([data, response.status, problem?.type]).toEqual([
      undefined,
      422,
      'urn:ketamine-screening:problem:invalid-intake',
    ]);
    expect(problem?.errors?.map(({ pointer }) => pointer).toSorted()).toEqual([
      '/facts/age',
      '/facts/colour',
    ]);
  });

  it('sends headers and queries, and reads other media types', async () => {
    const client = createScreeningClient(service.url);
    const once = { params: { header: { 'Idempotency-Key': 'client' } }, body: {} };
    const first = await client.POST('/screen', once);
    const second = await client.POST('/screen', once);
    expect([second.data, second.response.headers.get('idempotent-replayed')]).toEqual([first.data, 'true']);
    const schema = await client.GET('/intake/schema', { params: { query: { ruleSet: 'ketamine-pain' } } });
    expect(schema.data?.properties.facts.properties.age?.['x-type']).toBe('number');
    const yaml = await client.GET('/openapi.yaml', { parseAs: 'text' });
    expect(yaml.data).toMatch(/^openapi: 3\.1/);
  });

  it('rejects only where no answer came', async () => {
    await expect(createScreeningClient('http://127.0.0.1:1').GET('/health/live')).rejects.toThrow(
      /fetch failed/,
    );
  });
});

describe('the example', () => {
  const example = (...args: readonly string[]): Promise<{ readonly stdout: string }> =>
    run('node_modules/.bin/tsx', ['examples/client.ts', ...args]);

  it('takes the client as a package, screens, and prints the verdict', async () => {
    const { stdout } = await example(service.url);
    expect(stdout).toMatch(/^with 3 facts, \d+ are missing\nverdict: eligible\nFor health professionals\. /);
  });

  it('fails where no service listens', async () => {
    await expect(example('http://127.0.0.1:1')).rejects.toMatchObject({ code: 1 });
  });
});

/** What a compiler says of a program that takes the client as a package, as `line: message`. */
const complaintsAbout = (program: string): readonly string[] => {
  const folder = '.cache/client-consumer';
  const file = `${folder}/program.mts`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, program);
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    exactOptionalPropertyTypes: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
  };
  const compiled = ts.createProgram([file], options);
  const found = ts.getPreEmitDiagnostics(compiled);
  rmSync(folder, { recursive: true });
  return found.map(({ start = 0, file: source, messageText }) => {
    const line = source === undefined ? 0 : source.getLineAndCharacterOfPosition(start).line + 1;
    return `${String(line)}: ${ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 80)}`;
  });
};

const PROGRAM = `
import { createScreeningClient, type Intake, type Verdict } from 'ketamine-screening/client';
const client = createScreeningClient('http://127.0.0.1:3000');
const bloodPressure = [{ systolic: 124, diastolic: null, takenAt: '2026-02-28T10:00:00Z' }];
const facts = { age: 54, bloodPressure, pastPsychosis: { unknown: 'declined' as const } };
const { data, error } = await client.POST('/screen', { body: { facts } });
export const verdict: Verdict | undefined = data?.verdict;
export const rules: readonly string[] | undefined = data?.reasons.map(({ rule }) => rule);
export const faults: readonly string[] = (error?.errors ?? []).map(({ pointer }) => pointer);
// @ts-expect-error a key that an intake does not have
export const intake = { facts, colour: 'blue' } satisfies Intake;
// @ts-expect-error a reason that is not sent
await client.POST('/screen', { body: { facts: { age: { unknown: 'stale' } } } });
// @ts-expect-error a path that is not there
await client.POST('/scream', { body: { facts } });
// @ts-expect-error a key that an answer does not have
export const score = data?.score;
`;

describe('the types of the package', () => {
  it('allow what the service takes and refuse what it does not, to those who take it as a package', () => {
    expect(complaintsAbout(PROGRAM)).toEqual([]);
  });

  it('allow the example', () => {
    expect(complaintsAbout(readFileSync('examples/client.ts', 'utf8'))).toEqual([]);
  });

  it('see what is wrong', () => {
    expect(complaintsAbout(PROGRAM.replace(' = data?.verdict', ' = data?.engine'))).toEqual([
      expect.stringMatching(/^7: /),
    ]);
  });
});

describe('the types that are committed', () => {
  it('are those of the committed description', async () => {
    await expect(run('npm', ['run', '--silent', 'client:check'])).resolves.toBeDefined();
  });

  it('are refused where they have drifted', async () => {
    const types = readFileSync('src/client/wire.ts', 'utf8');
    mkdirSync('.cache', { recursive: true });
    writeFileSync('.cache/wire.ts', types.replace('"incomplete"', '"unclear"'));
    const args = ['openapi.yaml', '--check', '--output', '.cache/wire.ts'];
    await expect(run('node_modules/.bin/openapi-typescript', args)).rejects.toMatchObject({ code: 1 });
  });
});
