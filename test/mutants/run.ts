import { inCopy, plant } from './copy.js';
import { hunt, type Outcome } from './hunt.js';
import { MUTANTS, type Hunter, type Mutant } from './mutants.js';

/** What became of a planted bug. `killer` is the test that found it, null where none did. */
type Fate = {
  readonly mutant: Mutant;
  readonly killer: string | null;
  readonly why: string;
  readonly seconds: number;
};

const nameOf = ({ file, tests }: Hunter): string => (tests === undefined ? file : `${file} (${tests})`);

const secondsSince = (start: number): number => (performance.now() - start) / 1000;

const outcomeText = (outcome: Outcome): string => {
  if (outcome.kind === 'red') return `red: ${outcome.red}`;
  return outcome.kind === 'green' ? `green: ${String(outcome.passed)} tests` : `error: ${outcome.why}`;
};

/** That every hunter is green where nothing is planted; else a red test says nothing of a bug. */
const isHealthy = (): boolean => {
  const hunters = new Map(
    MUTANTS.flatMap((mutant) => mutant.hunters).map((one) => [nameOf(one), one] as const),
  );
  return inCopy((folder) =>
    [...hunters]
      .map(([name, hunter]) => {
        const start = performance.now();
        const outcome = hunt(folder, hunter);
        console.log(`unpatched  ${name}  ${outcomeText(outcome)}  ${secondsSince(start).toFixed(1)} s`);
        return outcome.kind === 'green';
      })
      .every(Boolean),
  );
};

/** Hunts a planted bug with one set of tests after another, until one goes red. */
const search = (folder: string, mutant: Mutant): Pick<Fate, 'killer' | 'why'> => {
  plant(folder, mutant);
  let why = 'every hunter is green';
  for (const hunter of mutant.hunters) {
    const outcome = hunt(folder, hunter);
    if (outcome.kind === 'red') return { killer: `${hunter.file} > ${outcome.red}`, why: '' };
    if (outcome.kind === 'error') why = outcome.why;
  }
  return { killer: null, why };
};

const fateOf = (mutant: Mutant): Fate => {
  const start = performance.now();
  try {
    const found = inCopy((folder) => search(folder, mutant));
    return { mutant, ...found, seconds: secondsSince(start) };
  } catch (error) {
    return { mutant, killer: null, why: String(error), seconds: secondsSince(start) };
  }
};

const tell = ({ mutant: { bug, file }, killer, why, seconds }: Fate): void => {
  const found = killer ?? `ALIVE (${why})`;
  console.log(`${bug.padEnd(38)}| ${file.padEnd(36)}| ${seconds.toFixed(1).padStart(5)} s | ${found}`);
};

const healthy = isHealthy();
console.log(`\n${'bug'.padEnd(38)}| ${'file'.padEnd(36)}|  time   | red by`);
const fates = MUTANTS.map((mutant) => {
  const fate = fateOf(mutant);
  tell(fate);
  return fate;
});
const killed = fates.filter(({ killer }) => killer !== null).length;
if (!healthy) console.log('the unpatched copy is not green: what is red above may be so without a bug');
console.log(`mutants: ${String(killed)} of ${String(MUTANTS.length)} killed`);
process.exitCode = healthy && killed === MUTANTS.length ? 0 : 1;
