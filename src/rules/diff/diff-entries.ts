import type { JsonObject } from '../../values/json.js';
import { pointerTo } from '../../values/pointer.js';
import { align, type Alignment } from './align.js';
import { changeOf, type Change, type ChangeEffect } from './change.js';
import { diffKeys, type Fields } from './fields.js';
import { placeUnder, type Both, type Place } from './place.js';

/** An entry of a list of a version: a rule, a fact, a source, a domain. */
type Entry = JsonObject & { readonly id: string };

/** What changed of one entry. One that was added or removed has that one change. */
export type EntryDifference = { readonly id: string; readonly changes: readonly Change[] };

/** What changed of a list of entries, which are known again by their ids. */
export type ListDifference = {
  readonly added: readonly EntryDifference[];
  readonly removed: readonly EntryDifference[];
  readonly changed: readonly EntryDifference[];
};

/** How a list of entries is compared. */
export type EntryList<T extends Entry> = {
  /** The key of the list in the body of a version, and what one of its entries is called. */
  readonly key: string;
  readonly one: string;
  /** What it does that an entry comes, goes or moves. */
  readonly effect: ChangeEffect;
  /** What an entry is, in a few words. */
  readonly inWords: (entry: T) => string;
  readonly fields: (from: T, to: T) => Fields;
};

const placed = <T extends Entry>(entries: readonly T[], key: string): readonly Place<T>[] =>
  entries.map((value, index) => ({ pointer: pointerTo(`/${key}`, index), value }));

const wholeChange = <T extends Entry>(
  entry: Place<T>,
  kind: 'added' | 'removed',
  { one, effect, inWords }: EntryList<T>,
): EntryDifference => {
  const subject = `${one} \`${entry.value.id}\``;
  const pair = kind === 'added' ? { subject, from: null, to: entry } : { subject, from: entry, to: null };
  return {
    id: entry.value.id,
    changes: [changeOf(pair, { kind, effect }, `${kind}: ${inWords(entry.value)}`)],
  };
};

type Met<T extends Entry> = Both<T> & { readonly isMoved: boolean };

/** An entry that stands elsewhere among the others is told by the place of its id. */
const moveOf = ({ subject, from, to }: Both, effect: ChangeEffect): Change =>
  changeOf(
    { subject, from: placeUnder(from, 'id'), to: placeUnder(to, 'id') },
    { kind: 'order', effect },
    'stands elsewhere among the others',
  );

const metChange = <T extends Entry>(met: Met<T>, { fields, effect }: EntryList<T>): EntryDifference => ({
  id: met.to.value.id,
  changes: [
    ...diffKeys(met, fields(met.from.value, met.to.value)),
    ...(met.isMoved ? [moveOf(met, effect)] : []),
  ],
});

/** The entry of a place in a list, as a list of one. */
const at = <T extends Entry>(entries: readonly Place<T>[], index: number): readonly Place<T>[] =>
  entries.slice(index, index + 1);

const metBy = <T extends Entry>(
  [from, to]: readonly [readonly Place<T>[], readonly Place<T>[]],
  { pairs, moved }: Alignment,
  one: string,
): readonly Met<T>[] =>
  pairs
    .toSorted(([, a], [, b]) => a - b)
    .flatMap((match) =>
      at(from, match[0]).flatMap((old) =>
        at(to, match[1]).map((now) => ({
          subject: `${one} \`${now.value.id}\``,
          from: old,
          to: now,
          isMoved: moved.includes(match),
        })),
      ),
    );

const idsIn = <T extends Entry>(entries: readonly Place<T>[]): readonly (readonly string[])[] =>
  entries.map(({ value }) => [value.id]);

/** The differences of two lists of entries. Added and changed ones stand in the order of the second list, removed ones in that of the first. */
export const diffEntries = <T extends Entry>(
  before: readonly T[],
  after: readonly T[],
  list: EntryList<T>,
): ListDifference => {
  const [from, to] = [placed(before, list.key), placed(after, list.key)];
  const alignment = align(idsIn(from), idsIn(to));
  const whole = (entries: readonly Place<T>[], kind: 'added' | 'removed'): readonly EntryDifference[] =>
    alignment[kind].flatMap((index) => at(entries, index)).map((entry) => wholeChange(entry, kind, list));
  return {
    added: whole(to, 'added'),
    removed: whole(from, 'removed'),
    changed: metBy([from, to], alignment, list.one)
      .map((met) => metChange(met, list))
      .filter(({ changes }) => changes.length > 0),
  };
};
