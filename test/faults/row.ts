import type { Mutant } from '../mutants/mutants.js';
import type { Tally, Zero } from './tally.js';

/** How much of a row is run: what blocks a release, what is run at night, or as little as a broken twin takes. */
export type Scale = 'gate' | 'nightly' | 'twin';

/** What a row is run with. */
export type Context = {
  /** Where the built service stands, with its rules and migrations: the project, or a broken twin of it. */
  readonly folder: string;
  readonly seed: number;
  readonly scale: Scale;
};

/** A text in the built service that is replaced by another. */
export type Planting = Pick<Mutant, 'bug' | 'file' | 'from' | 'to'>;

/**
 * The bug that a row is there to catch. It is either planted in a copy of the built service, and the row itself must count it (`shows`); or planted in a
 * copy of the project, and a test that the row runs must go red.
 */
export type Twin =
  | ({ readonly kind: 'planted'; readonly shows: Zero } & Planting)
  | { readonly kind: 'hunted'; readonly mutant: Mutant };

/** What a row cannot run without. */
export type Need = 'root' | 'strace' | 'mount' | 'loop' | 'prlimit' | 'faketime';

/** One row of the programme. */
export type Row = {
  readonly id: string;
  readonly title: string;
  readonly needs: readonly Need[];
  readonly run: (context: Context) => Promise<Tally>;
  /** Null where no bug is planted; the table says so. */
  readonly twin: Twin | null;
};
