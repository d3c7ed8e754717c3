import { Agent, request } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Entry } from '../../src/log/entry.js';
import { activateVersion } from '../../src/services/activate-version.js';
import type { DecisionLog, Ports } from '../../src/services/ports.js';
import { rulebooksIn } from '../../src/services/rulebooks.js';
import { ACTIVATOR } from '../support/activate.js';
import { tellFigures } from '../support/figures.js';
import { replayAll } from '../support/log-decisions.js';
import { startService, type Service } from '../support/service.js';
import { portsBeside } from '../support/service-log.js';
import { tempFolder } from '../support/sqlite.js';

const ACTIVATIONS = 1_000;
const AT_ONCE = 4;
const ASKED_AGAIN = 200;
const INTAKE = '{"facts":{"activePsychosis":true}}';

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

/** Asks without the checks of answers against the description, which would be most of the load. */
const ask = (
  url: string,
  method: 'GET' | 'POST',
  body = '',
): Promise<{ readonly status: number; readonly text: string }> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const sent = request(url, { method, agent, ...(body === '' ? {} : { headers }) }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });

type Version = { readonly id: string; readonly version: string; readonly sha256: string };

type Answer = { readonly id: string; readonly ruleSet: Version };

const named = ({ id, version, sha256 }: Version): string => `${id} ${version} ${sha256}`;

/** Screens as fast as it can until it is told to stop. */
const load = ({ url }: Service) => {
  let on = true;
  const answers: Answer[] = [];
  const errors: string[] = [];
  const lanes = Array.from({ length: AT_ONCE }, async () => {
    while (on) {
      const { status, text } = await ask(`${url}/screen`, 'POST', INTAKE);
      if (status === 200) {
        const { id, ruleSet } = JSON.parse(text) as Answer;
        answers.push({ id, ruleSet });
      } else errors.push(`${String(status)} ${text}`);
    }
  });
  const stop = async (): Promise<void> => {
    on = false;
    await Promise.all(lanes);
  };
  return { answers, errors, stop };
};

type Load = ReturnType<typeof load>;

/** Puts 1.0.0 and 2.0.0 in force in turn. It waits for an answer between two activations, and for none before each tenth, so that some come in pairs. */
const activateInTurn = async (ports: Ports, { answers, errors }: Load): Promise<void> => {
  const rulebooks = await rulebooksIn(ports);
  for (let turn = 0; turn < ACTIVATIONS; turn += 1) {
    const version = turn % 2 === 0 ? '1.0.0' : '2.0.0';
    const asked = { set: 'ketamine-pain', version, ...ACTIVATOR };
    const { kind } = await activateVersion(asked, { ports, rulebooks });
    if (kind !== 'activated') throw new Error(`activation ${String(turn)} is ${kind}`);
    const before = answers.length;
    while (turn % 10 !== 0 && answers.length === before && errors.length === 0) await setImmediate();
  }
};

/** Every entry of the log, without what is not looked at. */
const entriesIn = async (log: DecisionLog): Promise<readonly Entry[]> => {
  const entries: Entry[] = [];
  for (;;) {
    const parts = ['activation', 'answer'];
    const more = await log.slice({ after: entries.length - 1, limit: 500, parts });
    if (more.length === 0) return entries;
    entries.push(
      ...more.map((entry): Entry => {
        const { answer, ...others } = entry.parts;
        if (answer === undefined) return entry;
        const { ruleSet } = JSON.parse(answer.body) as Answer;
        return { ...entry, parts: { ...others, answer: { salt: '', body: named(ruleSet) } } };
      }),
    );
  }
};

/** Of each decision what it cites, and what was in force at its place in the log. */
const decisionsOf = (entries: readonly Entry[]) => {
  let inForce = '';
  return entries.flatMap(({ id, kind, ruleSetHash, parts: { activation, answer } }) => {
    if (activation !== undefined) {
      const { ruleSet, version } = JSON.parse(activation.body) as { ruleSet: string; version: string };
      inForce = named({ id: ruleSet, version, sha256: ruleSetHash });
    }
    return kind === 'decision' ? [{ id, ruleSetHash, cites: answer?.body ?? '', inForce }] : [];
  });
};

type Decision = ReturnType<typeof decisionsOf>[number];

/** So many of them, spread over all. */
const sampleOf = (decisions: readonly Decision[]): readonly Decision[] =>
  decisions.filter((_, index) => index % Math.max(1, Math.floor(decisions.length / ASKED_AGAIN)) === 0);

/** Those that do not come out just so when the service is asked to make them again. */
const differing = async ({ url }: Service, decisions: readonly Decision[]): Promise<readonly string[]> => {
  const differs: string[] = [];
  for (const { id } of decisions) {
    const { status, text } = await ask(`${url}/decisions/${id}/replay`, 'POST');
    const { identical = false } = JSON.parse(text) as { identical?: boolean };
    if (!identical) differs.push(`${id} ${String(status)} ${text}`);
  }
  return differs;
};

describe('a service under load', () => {
  it('decides each time by the one version that is in force at that place of the log, through 1,000 activations', async () => {
    const dataDir = tempFolder();
    const service = await startService({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' });
    onTestFinished(service.kill);
    const begun = performance.now();
    const ports = portsBeside(dataDir);
    const screening = load(service);
    await activateInTurn(ports, screening);
    await screening.stop();
    const seconds = (performance.now() - begun) / 1000;
    const entries = await entriesIn(ports.log);
    const decisions = decisionsOf(entries);
    const sample = sampleOf(decisions);
    const differs = await differing(service, sample);
    const again = await replayAll(ports);
    await service.stop();
    const versions = ports.rules.all().map(({ body, sha256 }) => named({ ...body, sha256 }));
    tellFigures({
      rounds: ACTIVATIONS,
      acknowledged: screening.answers.length,
      inputs: screening.answers.length + screening.errors.length,
      changed: differs.length,
    });
    const cited = new Map(decisions.map(({ id, cites }) => [id, cites]));
    expect(screening.errors).toEqual([]);
    expect(entries.filter(({ kind }) => kind === 'activation')).toHaveLength(ACTIVATIONS + 1);
    expect(decisions).toHaveLength(screening.answers.length);
    expect(decisions.filter(({ cites, inForce }) => cites !== inForce)).toEqual([]);
    expect(decisions.filter(({ cites, ruleSetHash }) => !cites.endsWith(` ${ruleSetHash}`))).toEqual([]);
    expect(screening.answers.filter(({ id, ruleSet }) => cited.get(id) !== named(ruleSet))).toEqual([]);
    expect([...new Set(cited.values())].toSorted()).toEqual(versions.slice(0, 2));
    expect(differs).toEqual([]);
    expect(again.map(({ id }) => id)).toEqual(decisions.map(({ id }) => id));
    expect(again.filter(({ kind }) => kind !== 'identical')).toEqual([]);
    console.log(
      `${String(decisions.length)} decisions in ${seconds.toFixed(1)} s, ${String(again.length)} made again, ${String(sample.length)} by the service`,
    );
  }, 300_000);
});
