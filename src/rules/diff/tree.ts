import type { JsonValue } from '../../values/json.js';
import { align, type Match } from './align.js';
import { changeOf, type Change, type Sort } from './change.js';
import { areSame, canonicalTextOf, type Both, type Pair, type Place } from './place.js';

/** A language of expressions, as far as two of them can be compared: criteria, derivations. */
export type Language<T extends JsonValue> = {
  /** What an expression is called. */
  readonly name: string;
  /** What it is that an expression changes, and that its parts stand in another order. */
  readonly sort: Sort;
  /** What an expression is apart from its parts and numbers. Only two of one form are compared part by part. */
  readonly formOf: (expression: T) => string;
  /** What makes two parts of one form even more alike. */
  readonly likenessOf: (expression: T) => string;
  readonly partsOf: (place: Place<T>) => readonly Place<T>[];
  /** What two expressions of one form differ in, apart from their parts. */
  readonly diffOwn: (both: Both<T>) => readonly Change[];
  readonly inWords: (expression: T) => string;
};

/** The whole of an expression is no part of anything. */
type Position = 'whole' | 'part';

const nameAt = <T extends JsonValue>({ name }: Language<T>, position: Position): string =>
  position === 'whole' ? name : `part of the ${name}`;

const replaced = <T extends JsonValue>(both: Both<T>, language: Language<T>, position: Position): Change => {
  const { inWords, sort } = language;
  const [before, after] = [inWords(both.from.value), inWords(both.to.value)];
  return changeOf(both, sort, `${nameAt(language, position)} changed from ${before} to ${after}`);
};

const partChange = <T extends JsonValue>(pair: Pair<T>, { name, sort, inWords }: Language<T>): Change => {
  const part = pair.to ?? pair.from;
  const verb = pair.from === null ? 'added to' : 'removed from';
  return changeOf(pair, sort, `part ${verb} the ${name}: ${part === null ? '' : inWords(part.value)}`);
};

const reordered = <T extends JsonValue>(both: Both<T>, { name, sort }: Language<T>): Change =>
  changeOf(both, { ...sort, kind: 'order' }, `parts of the ${name} in another order`);

const keysIn = <T extends JsonValue>(
  places: readonly Place<T>[],
  { formOf, likenessOf }: Language<T>,
): readonly (readonly string[])[] =>
  places.map(({ value }) => [canonicalTextOf(value), `${formOf(value)} ${likenessOf(value)}`, formOf(value)]);

/** Where one part is left on either side, the one has taken the place of the other. */
const takenPlace = (removed: readonly number[], added: readonly number[]): readonly Match[] => {
  const [from, to] = [removed[0], added[0]];
  return removed.length === 1 && added.length === 1 && from !== undefined && to !== undefined
    ? [[from, to]]
    : [];
};

const diffParts = <T extends JsonValue>(both: Both<T>, language: Language<T>): readonly Change[] => {
  const [from, to] = [language.partsOf(both.from), language.partsOf(both.to)];
  const { pairs, removed, added, moved } = align(keysIn(from, language), keysIn(to, language));
  const taken = takenPlace(removed, added);
  const partPair = (at: number, then: number): Pair<T> => ({
    subject: both.subject,
    from: from[at] ?? null,
    to: to[then] ?? null,
  });
  return [
    ...[...pairs, ...taken].flatMap((match) => diffPair(partPair(...match), language)),
    ...(taken.length > 0 ? [] : removed.map((index) => partChange(partPair(index, -1), language))),
    ...(taken.length > 0 ? [] : added.map((index) => partChange(partPair(-1, index), language))),
    ...(moved.length > 0 ? [reordered(both, language)] : []),
  ];
};

const diffPair = <T extends JsonValue>(
  { subject, from, to }: Pair<T>,
  language: Language<T>,
): readonly Change[] =>
  from === null || to === null ? [] : diffTree({ subject, from, to }, language, 'part');

/**
 * The changes between two expressions, as narrow as they can be told: down to the smallest part that is not the same.
 * It tells none exactly where the two are the same.
 */
export const diffTree = <T extends JsonValue>(
  both: Both<T>,
  language: Language<T>,
  position: Position = 'whole',
): readonly Change[] => {
  if (areSame(both)) return [];
  const isOneForm = language.formOf(both.from.value) === language.formOf(both.to.value);
  const changes = isOneForm ? [...language.diffOwn(both), ...diffParts(both, language)] : [];
  return changes.length > 0 ? changes : [replaced(both, language, position)];
};
