import { availableParallelism } from 'node:os';
import { statSync } from 'node:fs';
import { databaseFileIn } from '../../src/storage/database-file.js';
import { appendErased, ERASED, growTo, newBenchLog, resolveOlder, type BenchLog } from './bench-log.js';
import { once, tableOf, type Figure, type Figures } from './figures.js';
import { HEAP_MIB, runErase, runExport, runVerify } from './processes.js';
import { INSERTED, measureInserts, measureQuestions } from './questions.js';

// Measures the decision log as it grows: `npm run bench`, or `npm run bench -- 1000 10000` for these numbers of decisions. It is no test: what it prints
// is read by people, on a machine that does nothing else.

const SIZES = [1_000, 10_000, 100_000];

const MIB = 1024 * 1024;

const measureProcesses = async (bench: BenchLog): Promise<readonly (readonly [string, Figure])[]> => {
  const { dataDir, ports } = bench;
  const exported = await runExport(dataDir);
  await appendErased(bench);
  const erased = await runErase(dataDir, ERASED);
  const verified = await runVerify(dataDir);
  const { size } = (await ports.log.head(null)) ?? { size: 0 };
  return [
    ['`audit verify`, entries a second', once(size / verified.seconds)],
    ['`audit verify`, MiB in memory at most', once(verified.peakMib)],
    ['`GET /audit/export`, MB a second', once(exported.bytes / 1e6 / exported.seconds)],
    ['`GET /audit/export`, MiB in memory at most', once(exported.peakMib)],
    ['`GET /audit/export`, of these grown while it was sent', once(exported.grownMib)],
    ['`audit erase` of one patient, seconds', once(erased.seconds)],
    ['`audit erase`, MiB in memory at most', once(erased.peakMib)],
    ['entries of the log', once(size)],
    ['MB of the export', once(exported.bytes / 1e6)],
    ['MiB of the database', once(statSync(databaseFileIn(dataDir)).size / MIB)],
  ];
};

const measureAt = async (bench: BenchLog, size: number): Promise<Figures> => {
  await growTo(bench, size - INSERTED);
  const inserts = await measureInserts(bench);
  await resolveOlder(bench);
  const questions = await measureQuestions(bench);
  return new Map([...inserts, ...questions, ...(await measureProcesses(bench))]);
};

const askedSizes = process.argv.slice(2).map(Number);
const sizes = askedSizes.length === 0 ? SIZES : askedSizes;
const bench = await newBenchLog();
const bySize = new Map<number, Figures>();
try {
  for (const size of sizes) {
    const begun = performance.now();
    bySize.set(size, await measureAt(bench, size));
    console.error(
      `${String(bench.ids.length)} decisions: ${((performance.now() - begun) / 1000).toFixed(0)} s`,
    );
  }
} finally {
  bench.remove();
}
console.log(
  `Node ${process.version}, ${String(availableParallelism())} cores, heap of the processes at most ${String(HEAP_MIB)} MiB.`,
);
console.log(
  'Microseconds: the median and, in brackets, the 95th percentile. Aim: 100,000 within 1.5 times 1,000.\n',
);
console.log(tableOf(bySize));
