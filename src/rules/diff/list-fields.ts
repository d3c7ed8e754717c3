import type { JsonValue } from '../../values/json.js';
import { align, type Alignment } from './align.js';
import { changeOf, type Change, type Sort } from './change.js';
import { diffKeys, partsField, valueField, type Field, type Fields } from './fields.js';
import { canonicalTextOf, itemsOf, placeUnder, type Pair, type Place } from './place.js';
import { valueShown } from './value-words.js';

const shownAt = (items: readonly Place[], indexes: readonly number[]): string =>
  indexes.map((index) => valueShown(items[index]?.value ?? null)).join(', ');

const setInWords = (pair: Pair, { added, removed }: Alignment): string => {
  const came = added.length > 0 ? [`added ${shownAt(itemsOf(pair.to), added)}`] : [];
  const went = removed.length > 0 ? [`removed ${shownAt(itemsOf(pair.from), removed)}`] : [];
  return [...came, ...went].join('; ');
};

const textsIn = (list: Place | null): readonly (readonly [string])[] =>
  itemsOf(list).map(({ value }) => [canonicalTextOf(value)]);

/** A list of names: one change, which says what came and what went. */
export const setField =
  (what: string, sort: Sort): Field =>
  (pair) => {
    const words = setInWords(pair, align(textsIn(pair.from), textsIn(pair.to)));
    return [changeOf(pair, sort, words === '' ? `${what} in another order` : `${what}: ${words}`)];
  };

/** How a list of objects is compared. */
export type ItemList<K extends string = string> = {
  /** What one of them is called, and what all of them are. */
  readonly one: string;
  readonly all: string;
  /** What it is that an item comes or goes, and that the items stand in another order. */
  readonly sort: Sort;
  readonly order: Sort;
  /** The keys by which an item is known again. */
  readonly knownBy: readonly K[];
  readonly inside: Fields<K>;
};

const isText = (value: JsonValue): value is string => typeof value === 'string';

const nameOf = (item: Place | null, keys: readonly string[]): string =>
  keys
    .map((key) => placeUnder(item, key)?.value ?? null)
    .filter(isText)
    .join(' ');

const keysIn = (list: Place | null, knownBy: readonly string[]): readonly (readonly string[])[] =>
  itemsOf(list).map((item) => [canonicalTextOf(item.value), nameOf(item, knownBy)]);

const itemPair = ({ subject, from, to }: Pair, [at, then]: readonly [number, number]): Pair => ({
  subject,
  from: itemsOf(from)[at] ?? null,
  to: itemsOf(to)[then] ?? null,
});

/** Stands for the place of an item that is not in a list. */
const NOWHERE = -1;

const itemChange = (pair: Pair, { one, sort, knownBy }: ItemList): Change => {
  const name = nameOf(pair.to ?? pair.from, knownBy);
  return changeOf(pair, sort, `${one} \`${name}\` ${pair.from === null ? 'added' : 'removed'}`);
};

const insideItem = (pair: Pair, { one, knownBy, inside }: ItemList): readonly Change[] =>
  diffKeys({ ...pair, subject: `${pair.subject}, ${one} \`${nameOf(pair.from, knownBy)}\`` }, inside);

const diffItems = (pair: Pair, list: ItemList): readonly Change[] => {
  const { knownBy, all, order } = list;
  const { pairs, added, removed, moved } = align(keysIn(pair.from, knownBy), keysIn(pair.to, knownBy));
  return [
    ...removed.map((index) => itemChange(itemPair(pair, [index, NOWHERE]), list)),
    ...added.map((index) => itemChange(itemPair(pair, [NOWHERE, index]), list)),
    ...pairs.flatMap((match) => insideItem(itemPair(pair, match), list)),
    ...(moved.length > 0 ? [changeOf(pair, order, `${all} in another order`)] : []),
  ];
};

/** A list of objects, which are known again by some of their keys. */
export const itemsField = <K extends string>(list: ItemList<K>): Field =>
  partsField(valueField(list.all, list.sort), (pair) => diffItems(pair, list));
