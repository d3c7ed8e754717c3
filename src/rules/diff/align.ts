/** Which item of one list is which of another, by their places in the lists. */
export type Alignment = {
  /** Items that are in both, in the order of the first list. */
  readonly pairs: readonly Match[];
  /** Items of the first list only. */
  readonly removed: readonly number[];
  /** Items of the second list only. */
  readonly added: readonly number[];
  /** The fewest pairs that must be moved to bring the others into one order. */
  readonly moved: readonly Match[];
};

/** The place of an item in the first list, and in the second. */
export type Match = readonly [from: number, to: number];

/** By what an item is known again: the first key is the surest. All items of two lists have as many keys. */
export type Keys = readonly string[];

/** An item that has not found its like yet: its place and the key by which it is looked for now. */
type Waiting = { readonly index: number; readonly key: string };

const waitingOf = (items: readonly Keys[], met: ReadonlySet<number>, round: number): readonly Waiting[] =>
  items.map((keys, index) => ({ index, key: keys[round] ?? '' })).filter(({ index }) => !met.has(index));

const matchByKey = (from: readonly Waiting[], to: readonly Waiting[]): readonly Match[] => {
  const byKey = new Map<string, number[]>();
  for (const { index, key } of to) byKey.set(key, [...(byKey.get(key) ?? []), index]);
  return from.flatMap(({ index, key }) => {
    const match = byKey.get(key)?.shift();
    return match === undefined ? [] : [[index, match] as const];
  });
};

const firsts = (pairs: readonly Match[]): ReadonlySet<number> => new Set(pairs.map(([from]) => from));

const seconds = (pairs: readonly Match[]): ReadonlySet<number> => new Set(pairs.map(([, to]) => to));

/** Matches items by one key after the other, and gives the pairs in the order of the first list. */
const matchAll = (from: readonly Keys[], to: readonly Keys[]): readonly Match[] => {
  const pairs: Match[] = [];
  for (const round of (from[0] ?? []).keys())
    pairs.push(...matchByKey(waitingOf(from, firsts(pairs), round), waitingOf(to, seconds(pairs), round)));
  return pairs.toSorted(([a], [b]) => a - b);
};

const longestOf = (chains: readonly (readonly number[])[]): readonly number[] =>
  chains.reduce<readonly number[]>((longest, chain) => (chain.length > longest.length ? chain : longest), []);

/** The longest part of some numbers, not all of them next to each other, that rises. */
const longestRising = (values: readonly number[]): ReadonlySet<number> => {
  const isRising = values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0));
  if (isRising) return new Set(values);
  const chains = values.reduce<readonly (readonly number[])[]>(
    (all, value) => [...all, [...longestOf(all.filter((chain) => (chain.at(-1) ?? -1) < value)), value]],
    [],
  );
  return new Set(longestOf(chains));
};

/**
 * Finds out which item of one list is which of another: first those with the same first key, then of the rest those with the same second
 * one, and so on. Items with the same key are taken in their order. Every item is in exactly one of `pairs`, `removed` and `added`.
 */
export const align = (from: readonly Keys[], to: readonly Keys[]): Alignment => {
  const pairs = matchAll(from, to);
  const [met, found] = [firsts(pairs), seconds(pairs)];
  const kept = longestRising(pairs.map(([, index]) => index));
  return {
    pairs,
    removed: [...from.keys()].filter((index) => !met.has(index)),
    added: [...to.keys()].filter((index) => !found.has(index)),
    moved: pairs.filter(([, index]) => !kept.has(index)),
  };
};
