import fc from 'fast-check';

/**
 * Draws a whole number from 0 to one less than the number of choices. 0 is always the simplest choice, because that is
 * where fast-check shrinks a failure to.
 */
export type Draw = (choices: number) => number;

const builders = new Map<number, () => fc.Arbitrary<number>>();

/** One builder for each number of choices, so that fast-check finds its arbitrary again without comparing arguments. */
const builderOf = (choices: number): (() => fc.Arbitrary<number>) => {
  const known = builders.get(choices);
  if (known !== undefined) return known;
  const builder = (): fc.Arbitrary<number> => fc.noBias(fc.nat({ max: choices - 1 }));
  builders.set(choices, builder);
  return builder;
};

/** Draws from a generator of fast-check, which remembers and shrinks what was drawn. */
export const drawFrom =
  (gen: fc.GeneratorValue): Draw =>
  (choices) =>
    gen(builderOf(choices));

/** One of the items of a list that has some; the first is the simplest. */
export const pick = <T>(draw: Draw, items: readonly T[]): T => {
  const index = draw(Math.max(1, items.length));
  if (index >= items.length) throw new Error('nothing to pick from');
  return items[index] as T;
};

/** True in so many of a hundred cases; false is the simpler answer. */
export const chance = (draw: Draw, percent: number): boolean => draw(100) >= 100 - percent;

/** Draws something a number of times. */
export const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Those items that a chance keeps, in their order. */
export const some = <T>(draw: Draw, items: readonly T[], percent: number): readonly T[] =>
  items.filter(() => chance(draw, percent));

/** The items in another order. */
export const shuffled = <T>(draw: Draw, items: readonly T[]): readonly T[] => {
  const left = [...items];
  return items.flatMap(() => left.splice(draw(left.length), 1));
};

/** The entries of an object in another order. */
export const withShuffledKeys = <T extends object>(draw: Draw, value: T): T =>
  Object.fromEntries(shuffled(draw, Object.entries(value))) as T;

/** Puts each item of a second list in its turn somewhere into a first; both keep their order. */
export const interleaved = <T>(draw: Draw, items: readonly T[], added: readonly T[]): readonly T[] => {
  const places = added.map(() => draw(items.length + 1)).toSorted((a, b) => a - b);
  return [...items.keys(), items.length].flatMap((index) => [
    ...added.filter((_, nth) => places[nth] === index),
    ...items.slice(index, index + 1),
  ]);
};
