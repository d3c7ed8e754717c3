import type { EntryPlace, ExpiredAsked, PageAsked } from '../services/ports.js';
import type { Statements } from './statements.js';

/** How many entries there are in a block: as migration 0004 says. */
const BLOCK = 256;

/** Texts that are before and after every time. */
const [BEFORE_ALL, AFTER_ALL] = ['', '~'] as const;

/** A part of the log: after a position, up to another. */
export type Part = { readonly after: number; readonly upTo: number };

/**
 * The parts of the log in which a time can lie, after a position and in order. There is seldom more than one: each time that a clock was wrong can make
 * one more. Entries at the ends of a part can be of another time.
 */
export function* partsOfTime(
  { blockIn, blockOut }: Pick<Statements, 'blockIn' | 'blockOut'>,
  { from, to, after }: Pick<PageAsked, 'from' | 'to' | 'after'>,
): Generator<Part, void, void> {
  const time = { from: from ?? BEFORE_ALL, to: to ?? AFTER_ALL };
  for (let block = Math.floor((after + 1) / BLOCK); ;) {
    const first = blockIn.get({ ...time, block })?.block;
    if (first === undefined) return;
    const next = blockOut.get({ ...time, block: first })?.block ?? Number.MAX_SAFE_INTEGER;
    yield { after: Math.max(after, first * BLOCK - 1), upTo: next * BLOCK - 1 };
    block = next;
  }
}

/** Entries of patients that are older than a moment and whose payload is still kept, in the order of the log. */
export const expiredBefore = (
  statements: Statements,
  { before, limit }: ExpiredAsked,
): readonly EntryPlace[] => {
  const found: EntryPlace[] = [];
  for (const part of partsOfTime(statements, { from: null, to: before, after: -1 })) {
    found.push(...statements.expired.all({ ...part, before, limit: limit - found.length }));
    if (found.length >= limit) break;
  }
  return found;
};
