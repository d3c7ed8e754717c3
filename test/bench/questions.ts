import { entryTime } from '../../src/services/entries.js';
import { checkpointAt } from '../../src/services/checkpoints.js';
import { countOn } from '../../src/services/erase.js';
import { findDecision } from '../../src/services/find-decision.js';
import { listDecisions, type DecisionPage, type DecisionsAsked } from '../../src/services/list-decisions.js';
import { proveConsistency, proveDecision } from '../../src/services/prove.js';
import { MACHINE } from '../../src/machine.js';
import { diceOf } from '../support/dice.js';
import { nextDecision, ORGANISATION, subjectOf, timeOf, type BenchLog } from './bench-log.js';
import { partOf, runsOf, timed, type Figure } from './figures.js';

const RUNS = 200;

const LIMIT = 50;

const SINGLE = 100;

const BATCHES = 8;

const BATCH = 64;

/** How many decisions the inserts that are measured add, with those that warm it up. */
export const INSERTED = runsOf(SINGLE) + runsOf(BATCHES) * BATCH;

type Measured = readonly (readonly [string, Figure])[];

/** Inserts of decisions that were made before, each durable before the next. */
export const measureInserts = async (bench: BenchLog): Promise<Measured> => {
  const { log } = bench.ports;
  const singles = Array.from({ length: runsOf(SINGLE) }, () => [nextDecision(bench)]);
  const batches = Array.from({ length: runsOf(BATCHES) }, () =>
    Array.from({ length: BATCH }, () => nextDecision(bench)),
  );
  const single = await timed(SINGLE, () => log.append(singles.shift() ?? []));
  const batch = await timed(BATCHES, () => log.append(batches.shift() ?? []));
  return [
    ['insert, its own durable commit', single],
    [`insert in batches of ${String(BATCH)}, a row`, partOf(batch, BATCH)],
  ];
};

const ALL: DecisionsAsked = {
  organisation: ORGANISATION,
  subject: null,
  verdict: null,
  rule: null,
  ruleSet: null,
  resolution: null,
  from: null,
  to: null,
  after: -1,
  limit: LIMIT,
};

const positionOf = async ({ ids, ports }: BenchLog, number: number): Promise<number> =>
  (await ports.log.load(ids[number] ?? '', 'decision'))?.position ?? Number.NaN;

/** A rule that is true of some decisions. */
const RULE = 'hypertension-uncontrolled';

const someRule = ({ screened }: BenchLog): string => {
  const rules = screened.flatMap(({ parts }) => parts.summary?.rules ?? []).map(String);
  return rules.find((rule) => rule === RULE) ?? rules[0] ?? RULE;
};

const pagesOf = async (bench: BenchLog): Promise<readonly (readonly [string, DecisionsAsked])[]> => {
  const count = bench.ids.length;
  const [middle, end] = [
    await positionOf(bench, Math.floor(count / 2)),
    await positionOf(bench, count - LIMIT - 1),
  ];
  const at = (number: number): string => entryTime(timeOf(number));
  return [
    ['page of 50 at the beginning', ALL],
    ['page of 50 in the middle', { ...ALL, after: middle }],
    ['page of 50 at the end', { ...ALL, after: end }],
    ['page by verdict', { ...ALL, verdict: 'review', after: middle - LIMIT * 8 }],
    ['page by rule', { ...ALL, rule: someRule(bench) }],
    ['page by `resolution=none`, all older ones resolved', { ...ALL, resolution: 'none' }],
    ['page by `resolution=defer`, one in ten', { ...ALL, resolution: 'defer' }],
    ['page by time, the last 50', { ...ALL, from: at(count - LIMIT) }],
    ['page by time, the first 20', { ...ALL, to: at(20) }],
    ['page by time, 20 in the middle', { ...ALL, from: at(count / 2), to: at(count / 2 + 20) }],
  ];
};

const measurePages = async (bench: BenchLog): Promise<Measured> => {
  const measured: (readonly [string, Figure])[] = [];
  for (const [name, asked] of await pagesOf(bench)) {
    const page: DecisionPage = await listDecisions(asked, bench.ports);
    if (page.items.length === 0) throw new Error(`nothing is found: ${name}`);
    const begun = performance.now();
    await listDecisions(asked, bench.ports);
    const runs = performance.now() - begun > 50 ? RUNS / 10 : RUNS;
    measured.push([name, await timed(runs, () => listDecisions(asked, bench.ports))]);
  }
  return measured;
};

/** All that is asked of a log, at its size now. */
export const measureQuestions = async (bench: BenchLog): Promise<Measured> => {
  const { ids, ports } = bench;
  const draw = diceOf(ids.length);
  const some = (): number => draw(ids.length);
  const { size } = (await ports.log.head(null)) ?? { size: 0 };
  const erasing = { ...ports, clock: MACHINE.clock };
  const before = entryTime(timeOf(0));
  return [
    ['decision by id', await timed(RUNS, () => findDecision(ids[some()] ?? '', ORGANISATION, ports))],
    ...(await measurePages(bench)),
    [
      'search by subject',
      await timed(RUNS, () => listDecisions({ ...ALL, subject: subjectOf(some()) }, ports)),
    ],
    [
      'what `audit erase` looks up of one patient',
      await timed(RUNS, () => countOn({ organisation: ORGANISATION, subject: subjectOf(some()) }, erasing)),
    ],
    [
      'what retention looks up, nothing expired',
      await timed(RUNS / 10, () => ports.log.expired({ before, limit: 200 })),
    ],
    [
      'what retention looks up, 200 expired',
      await timed(RUNS / 10, () => ports.log.expired({ before: entryTime(timeOf(200)), limit: 200 })),
    ],
    [
      'inclusion proof of any entry',
      await timed(RUNS, () =>
        proveDecision({ id: ids[some()] ?? '', organisation: ORGANISATION, size: null }, ports),
      ),
    ],
    [
      'consistency proof from any size',
      await timed(RUNS, () => proveConsistency({ from: 1 + draw(size), to: null }, ports)),
    ],
    ['checkpoint', await timed(RUNS, () => checkpointAt(null, ports))],
  ];
};
