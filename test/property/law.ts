import fc from 'fast-check';
import { afterAll, describe, it } from 'vitest';
import { tellFigures } from '../support/figures.js';
import { drawFrom, type Draw } from '../support/generate-draw.js';

/** How often a law is tried: `runs` draws from a fixed seed, each of which may try several cases. */
export type Plan = { readonly seed: number; readonly runs: number };

/** The part of all runs that is made: the mutants are hunted with fewer, and a failure is then told without shrinking it. */
const SCALE = Number(process.env.LAW_SCALE ?? '1');

/** Added to every seed: to look now and then where the fixed seeds do not. */
const OTHER_SEEDS = Number(process.env.LAW_SEED ?? '0');

const TIME_LIMIT_MS = 900_000;

const told: string[] = [];

/** The subject of the laws that are being declared. */
let subject = '';

/** Remembers how many cases a law was tried on; gives what does so, because the subject is known only while a law is declared. */
const teller = (name: string): ((cases: number) => void) => {
  const law = `${subject} ${name}`;
  return (cases) => {
    told.push(`law ${law}: ${String(cases)} cases`);
    tellFigures({ inputs: cases });
  };
};

/** A law that is tried on all that there is. @param check throws where the law is broken, and gives the number of cases */
export const exhaustively = (name: string, check: () => number): void => {
  const tell = teller(name);
  it(name, () => tell(check()));
};

/** How long a failure is shrunk: long enough to make most of them small. */
const SHRINK_MS = 10_000;

/** A check that, some time after it first failed, lets everything pass: so shrinking ends with the smallest case found until then. */
const untilShrunk = (check: (gen: fc.GeneratorValue) => void): ((gen: fc.GeneratorValue) => void) => {
  let giveUpAt = Number.POSITIVE_INFINITY;
  return (gen) => {
    if (performance.now() > giveUpAt) return;
    try {
      check(gen);
    } catch (error) {
      giveUpAt = Math.min(giveUpAt, performance.now() + SHRINK_MS);
      throw error;
    }
  };
};

/** Throws the error of a run that failed, with what is needed to see it again. */
const tellFailure = (run: fc.RunDetails<[fc.GeneratorValue]>): void => {
  if (!run.failed) return;
  const error = run.errorInstance instanceof Error ? run.errorInstance : new Error(String(run.errorInstance));
  const { seed, numRuns, numShrinks } = run;
  error.message = `broken in run ${String(numRuns)} from seed ${String(seed)}, shrunk ${String(numShrinks)} times\n${error.message}`;
  throw error;
};

/**
 * A law: a test that must hold on everything that is drawn. Where it fails, the error tells the seed of fast-check and the smallest case
 * that was found.
 * @param check draws what it needs, throws where the law is broken, and gives the number of cases that it tried
 */
export const law = (
  name: string,
  plan: Plan,
  check: (draw: Draw, gen: fc.GeneratorValue) => number,
): void => {
  const tell = teller(name);
  it(
    name,
    () => {
      let cases = 0;
      const count = (gen: fc.GeneratorValue): void => {
        cases += check(drawFrom(gen), gen);
      };
      const numRuns = Math.max(1, Math.ceil(plan.runs * SCALE));
      const property = fc.property(fc.gen(), untilShrunk(count));
      tellFailure(fc.check(property, { seed: plan.seed + OTHER_SEEDS, numRuns, endOnFailure: SCALE < 1 }));
      tell(cases);
    },
    TIME_LIMIT_MS,
  );
};

/** A group of laws. The numbers of their cases are printed when all of them were tried. */
export const laws = (about: string, body: () => void): void => {
  describe(about, () => {
    subject = about;
    body();
    afterAll(() => {
      if (told.length > 0) console.log(told.splice(0).join('\n'));
    });
  });
};

/** Throws where something does not hold. Quicker than an expectation, of which a law would need millions. */
export const must = (holds: boolean, what: () => string): void => {
  if (!holds) throw new Error(what());
};
