import { whyNotHere } from './needs.js';
import { readOptions, rowsAsked, type Options } from './options.js';
import type { Context, Row } from './row.js';
import { GATE, NIGHTLY } from './rows.js';
import { headLine, rowLine, whyFailed, type Outcome, type Told } from './table.js';
import { fateOfTwin, PROJECT } from './twin.js';

const outcomeOf = async (row: Row, context: Context): Promise<Outcome> => {
  const why = whyNotHere(row.needs);
  if (why !== null) return { kind: 'skipped', why };
  const begun = performance.now();
  try {
    const tally = await row.run(context);
    const twin = await fateOfTwin(row, context);
    return { kind: 'ran', tally, twin, seconds: (performance.now() - begun) / 1000 };
  } catch (error) {
    return { kind: 'fell-over', why: error instanceof Error ? error.message : String(error) };
  }
};

const tell = (told: Told): void => {
  console.log(rowLine(told));
  const { outcome } = told;
  if (outcome.kind === 'ran') for (const note of outcome.tally.notes) console.log(`       ${note}`);
  for (const why of whyFailed(told)) console.log(`       ${why}`);
};

const runAll = async (rows: readonly Row[], { isNightly, seed }: Options): Promise<readonly Told[]> => {
  const all: Told[] = [];
  for (const row of rows) {
    console.log(`${row.id} ${row.title} (seed ${String(seed)})`);
    const scale = isNightly ? 'nightly' : 'gate';
    const told = { row, outcome: await outcomeOf(row, { folder: PROJECT, seed, scale }) };
    tell(told);
    all.push(told);
  }
  return all;
};

const begun = performance.now();
const options = readOptions(process.argv.slice(2));
const rows = rowsAsked(options.isNightly ? NIGHTLY : GATE, options);
const all = await runAll(rows, options);
const failed = all.filter((told) => whyFailed(told).length > 0);
const skipped = all.filter(({ outcome }) => outcome.kind === 'skipped');
console.log(['', headLine(), ...all.map(rowLine), ''].join('\n'));
for (const { row, outcome } of skipped)
  if (outcome.kind === 'skipped') console.log(`SKIPPED ${row.id}, ${row.title}: ${outcome.why}`);
console.log(
  `faults: ${String(all.length - failed.length - skipped.length)} rows hold, ${String(failed.length)} failed, ${String(skipped.length)} skipped, ${((performance.now() - begun) / 1000).toFixed(0)} s`,
);
process.exitCode = failed.length === 0 && skipped.length < all.length ? 0 : 1;
