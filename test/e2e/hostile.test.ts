import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patternOf } from '../support/api-description.js';
import { faultsOfAnswer } from '../support/checked-answers.js';
import { diceOf } from '../support/dice.js';
import { tellFigures } from '../support/figures.js';
import { sendRaw, type RawAnswer } from '../support/raw-http.js';
import { startService, type Service } from '../support/service.js';
import { CANARY, written, type Hostile } from './hostile-bodies.js';
import { damagedBatch, damagedIntake, damagedRequest } from './hostile-mutations.js';

const SEED = 20_261_122;
const TOTAL = 5_000;
const AT_ONCE = 16;
const HANG_LIMIT_MS = 5_000;

type Tried = { readonly hostile: Hostile; readonly answer: RawAnswer };

let service: Service;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const textIn = (hostile: Hostile): string | null =>
  'text' in hostile && typeof hostile.text === 'string' ? hostile.text : null;

const targetOf = ({ bytes }: Hostile): readonly [method: string, target: string] => {
  const [, method = '', target = ''] = /^([A-Z]+) (\S+) HTTP\/1\.1\r\n/.exec(bytes.toString('latin1')) ?? [];
  return [method, target];
};

/** Whether an error is told as its path tells errors: a problem, or in FHIR to whoever calls a CDS service. */
const isErrorOf = (hostile: Hostile, contentType: string): boolean => {
  const [, target] = targetOf(hostile);
  const isCds = /^\/cds-services(?:[/?]|$)/.test(target);
  return contentType === 'application/problem+json' || (isCds && contentType === 'application/fhir+json');
};

/** What is wrong with an answer to a hostile request, or null. */
const faultOf = ({ hostile, answer }: Tried): string | null => {
  const { status, contentType, body, ms } = answer;
  if (status === 'hung' || (ms > HANG_LIMIT_MS && status !== 408)) return 'hung';
  if (status === 'closed') return 'closed without an answer';
  if (status >= 500) return `a ${String(status)}`;
  if (status >= 400 && !isErrorOf(hostile, contentType)) return `an error as ${contentType}`;
  if (status >= 400 && body.includes(CANARY) && !isPointerOnly(body)) return 'what was sent comes back';
  if (status < 300 && hostile.mayPass !== true) return 'accepted';
  if (/"status":5\d\d/.test(body)) return 'a line with a fault of the service';
  const text = textIn(hostile);
  return status < 300 && text !== null && !isJson(text) ? 'accepted though it is no JSON' : null;
};

/** A pointer names the key that was sent: that is where the fault is, and no value. */
const isPointerOnly = (body: string): boolean =>
  !body.replace(/"(?:pointer|diagnostics)":"[^"]*"/g, '').includes(CANARY);

const tryAll = async (all: readonly Hostile[]): Promise<readonly Tried[]> => {
  const tried: Tried[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const batch = all.slice(from, from + AT_ONCE);
    const answers = await Promise.all(batch.map(({ bytes }) => sendRaw(new URL(service.url), bytes)));
    batch.forEach((hostile, index) => {
      const answer = answers[index];
      if (answer !== undefined) tried.push({ hostile, answer });
    });
  }
  return tried;
};

/** What the API description does not allow in an answer; what was sent may be nothing that has a method and a path. */
const undescribed = ({ hostile, answer }: Tried): string | null => {
  const [method, target] = targetOf(hostile);
  if (typeof answer.status !== 'number' || target === '' || target.startsWith('/docs')) return null;
  const { status, headers, body } = answer;
  const [fault] = faultsOfAnswer({ method, path: patternOf(target), status, headers, body });
  return fault ?? null;
};

const faultsIn = (tried: readonly Tried[]): readonly string[] =>
  tried.flatMap((one) => {
    const fault = faultOf(one) ?? undescribed(one);
    return fault === null ? [] : [`${one.hostile.name}: ${fault}`];
  });

/** What is counted of hostile requests. */
const tell = (tried: readonly Tried[]): void => {
  const faults = tried.map(faultOf);
  tellFigures({
    inputs: tried.length,
    hangs: faults.filter((fault) => fault === 'hung').length,
    unexpected5xx: faults.filter((fault) => fault?.startsWith('a 5') === true).length,
  });
};

const countsOf = (tried: readonly Tried[]): string => {
  const counts = new Map<string, number>();
  for (const { answer } of tried)
    counts.set(String(answer.status), (counts.get(String(answer.status)) ?? 0) + 1);
  return [...counts]
    .toSorted()
    .map(([status, count]) => `${status}: ${String(count)}`)
    .join(', ');
};

const documentedPaths = async (): Promise<readonly string[]> => {
  const document: unknown = await (await fetch(`${service.url}/openapi.json`)).json();
  const paths =
    typeof document === 'object' && document !== null && 'paths' in document ? document.paths : {};
  return Object.keys(Object(paths) as object);
};

describe('hostile requests', () => {
  it('that are written down are each refused as a problem', async () => {
    const tried = await tryAll(written);
    tell(tried);
    console.log(`hostile, written: ${String(tried.length)} requests (${countsOf(tried)})`);
    expect(faultsIn(tried)).toEqual([]);
  }, 120_000);

  it(`that are made by chance (seed ${String(SEED)}) never break the service`, async () => {
    const dice = diceOf(SEED);
    const paths = await documentedPaths();
    expect(paths.length).toBeGreaterThan(8);
    const made = Array.from({ length: TOTAL - written.length }, (_, index) => {
      const kind = dice(10);
      if (kind === 0) return damagedBatch(dice, index);
      return kind < 4 ? damagedRequest(dice, index, paths) : damagedIntake(dice, index);
    });
    const tried = await tryAll(made);
    tell(tried);
    console.log(`hostile, by chance: ${String(tried.length)} requests (${countsOf(tried)})`);
    expect(faultsIn(tried)).toEqual([]);
  }, 300_000);

  it('leave no trace of what they sent in the log', () => {
    expect(service.output()).not.toContain(CANARY);
  });

  it('leave a valid intake answered as before', async () => {
    const answer = await fetch(`${service.url}/screen`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: readFileSync('examples/eligible.json'),
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ verdict: 'eligible', missing: [] });
  });
});
