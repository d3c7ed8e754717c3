import { idsIn, listedOf, STRENGTHS, type Listed, type Strength } from './numbers.js';

/** Runs against the service over HTTP, and fails where it does not do what the row asks. */
export type Check = () => Promise<void>;

/** Where a row comes from that has no number: what clients in the field were seen to send, what good practice asks, or the coming version 3.0. */
type Source = 'field' | 'practice' | '3.0';

const SOURCES: Readonly<Record<Source, string>> = {
  field: 'seen in the field',
  practice: 'good practice',
  '3.0': 'version 3.0',
};

type Named = { readonly ids: string } | { readonly source: Source };

/**
 * How the service stands to a row: a test shows that it is met; something other than a test of this page does; it is not met; or it does not bind the service,
 * where `shows` may show that what it is about never happens.
 */
type Outcome =
  | { readonly shows: Check; readonly also?: string }
  | { readonly otherwise: string }
  | { readonly notMet: string }
  | { readonly notOurs: string; readonly shows?: Check };

/** A requirement, or several of one meaning: what it asks, in a sentence of our own, and how the service stands to it. `also` is a file of tests that go deeper. */
export type Row = Named & { readonly says: string } & Outcome;

/** The rows about one thing, and the file that has them. */
export type Topic = { readonly name: string; readonly file: string; readonly rows: readonly Row[] };

/** How the service stands to a row, in a word. */
export type Kind = 'shown' | 'shown otherwise' | 'not met' | 'does not apply';

/** How the service stands to a row, in a word. */
export const kindOf = (row: Row): Kind => {
  if ('notMet' in row) return 'not met';
  if ('notOurs' in row) return 'does not apply';
  return 'otherwise' in row ? 'shown otherwise' : 'shown';
};

/** Why a row is not shown; null where it is. */
export const reasonOf = (row: Row): string | null => {
  if ('notMet' in row) return row.notMet;
  if ('notOurs' in row) return row.notOurs;
  return 'otherwise' in row ? row.otherwise : null;
};

/** The test of a row; null where it has none. */
export const checkOf = (row: Row): Check | null => ('shows' in row ? (row.shows ?? null) : null);

/** The requirements of a row; none where it has no number. */
export const listedIn = (row: Row): readonly Listed[] => ('ids' in row ? idsIn(row.ids).map(listedOf) : []);

const askedBy = (listed: readonly Listed[]): readonly Strength[] =>
  STRENGTHS.filter((strength) => listed.some((one) => one.strength === strength));

/** How much a row asks, and of whom: `SHALL, MAY`, `SHOULD, SHALL (client)`; or where it comes from. */
export const strengthOf = (row: Row): string => {
  if ('source' in row) return SOURCES[row.source];
  const listed = listedIn(row);
  const ofService = askedBy(listed.filter(({ bindsService }) => bindsService));
  const ofClient = askedBy(listed.filter(({ bindsService }) => !bindsService));
  return [...ofService, ...ofClient.map((strength) => `${strength} (client)`)].join(', ');
};

/** The numbers of a row as people read them; empty where it has none. */
export const numbersOf = (row: Row): string => ('ids' in row ? row.ids.replaceAll('-', '–') : '');

/** The title of the test of a row. */
export const titleOf = (row: Row): string => {
  const numbers = numbersOf(row);
  return numbers === '' ? row.says : `${numbers}: ${row.says}`;
};
