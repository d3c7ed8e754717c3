import { changeOf, type Change, type Sort } from './change.js';
import { areSame, keysOf, pairUnder, type Pair } from './place.js';
import { changeInWords, movedFrom, rewordingInWords } from './value-words.js';

/** Tells the changes of one place. It is asked only where the place does not hold the same in both versions. */
export type Field = (pair: Pair) => readonly Change[];

/** How each key of an entry is compared. */
export type Fields<K extends string = string> = Readonly<Record<K, Field>>;

/** The changes of a place; none where it holds the same. */
const diffPlace = (pair: Pair, field: Field): readonly Change[] => (areSame(pair) ? [] : field(pair));

/** The changes under the keys of an entry, in the order of the table. */
export const diffKeys = (pair: Pair, fields: Fields): readonly Change[] =>
  Object.entries(fields).flatMap(([key, field]) => diffPlace(pairUnder(pair, key), field));

/** A value that is replaced as a whole. */
export const valueField =
  (what: string, sort: Sort): Field =>
  (pair) => [changeOf(pair, sort, changeInWords(what, pair))];

/** A text for readers. */
export const textField =
  (what: string, sort: Sort): Field =>
  (pair) => [changeOf(pair, sort, rewordingInWords(what, pair))];

/** A number, which is raised or lowered. */
export const numberField =
  (what: string, sort: Sort): Field =>
  (pair) => {
    const [from, to] = [pair.from?.value, pair.to?.value];
    const words =
      typeof from === 'number' && typeof to === 'number'
        ? `${what} ${movedFrom(from, to)} from ${String(from)} to ${String(to)}`
        : changeInWords(what, pair);
    return [changeOf(pair, sort, words)];
  };

/** What is compared part by part where both versions have it, and as a whole where one has not. */
export const partsField =
  (whole: Field, parts: Field): Field =>
  (pair) => {
    const changes = pair.from === null || pair.to === null ? [] : parts(pair);
    return changes.length > 0 ? changes : whole(pair);
  };

/** An object whose keys are fixed. */
export const objectField = (what: string, sort: Sort, fields: Fields): Field =>
  partsField(valueField(what, sort), (pair) => diffKeys(pair, fields));

/** An object whose keys are names. @param inside how what stands under a name is compared */
export const recordField = (what: string, sort: Sort, inside: Field): Field =>
  partsField(valueField(what, sort), (pair) =>
    [...new Set([...keysOf(pair.from), ...keysOf(pair.to)])].flatMap((name) => {
      const entry = pairUnder({ ...pair, subject: `${pair.subject}, ${what} \`${name}\`` }, name);
      return diffPlace(entry, inside);
    }),
  );
