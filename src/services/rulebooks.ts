import { NO_EVENTS, withEntries } from './rule-events.js';
import { rulebookOf, type Rulebook } from './rulebook.js';
import { RulesChangedError, RulesUnusableError, type Ports } from './ports.js';
import type { Result } from '../values/result.js';

/** The rulebook as the log makes it, which another process may do at any time. */
export type Rulebooks = {
  /** As it was when the log was last asked. */
  readonly known: () => Rulebook;
  /** Asks the log. @throws LogUnavailableError */
  readonly read: () => Promise<Rulebook>;
  /** Asks the log, and makes do with what is known where it cannot say soon. For what is told and not stored. Never throws. */
  readonly latest: () => Promise<Rulebook>;
};

/** How long `latest` waits for the log, in milliseconds. */
const LATEST_LIMIT_MS = 250;

/** How often an entry is made anew because of a later event, before the log counts as out of use: people give approvals and activate, one at a time. */
const MOST_ATTEMPTS = 20;

/** The rulebooks of a log, read once to begin with. @throws LogUnavailableError */
export const rulebooksIn = async ({
  log,
  rules,
  pause,
}: Pick<Ports, 'log' | 'rules' | 'pause'>): Promise<Rulebooks> => {
  let known = rulebookOf(rules, NO_EVENTS);
  const read = async (): Promise<Rulebook> => {
    const entries = await log.ruleEventsAfter(known.upTo);
    const events = withEntries(known.events, entries);
    if (events.upTo > known.upTo) known = rulebookOf(rules, events);
    return known;
  };
  await read();
  const readOrKnown = (): Promise<Rulebook> => read().catch(() => known);
  const knownSoon = (): Promise<Rulebook> => pause(LATEST_LIMIT_MS).then(() => known);
  return { known: () => known, read, latest: () => Promise.race([readOrKnown(), knownSoon()]) };
};

/**
 * Stores what rests on the rulebook: which version is in force, and who approved it. It is made of what is known, and made anew where the log has a
 * later event by then: so what stands in the log after an event knows of it, and what stands before it does not.
 * @param store makes what is to be stored and appends it with `upTo` of the book that it is given
 * @throws LogUnavailableError
 */
export const storeKnowing = async <T>(
  rulebooks: Pick<Rulebooks, 'known' | 'read'>,
  store: (book: Rulebook) => Promise<T>,
): Promise<T> => {
  let book = rulebooks.known();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store(book);
    } catch (error) {
      if (!(error instanceof RulesChangedError) || attempt === MOST_ATTEMPTS) throw error;
    }
    book = await rulebooks.read();
  }
};

/** @throws RulesChangedError where the log has a later event than a book knows of. Where it cannot say soon, the book stands. */
const assertLatest = async (book: Rulebook, rulebooks: Pick<Rulebooks, 'latest'>): Promise<void> => {
  if ((await rulebooks.latest()).upTo > book.upTo)
    throw new RulesChangedError('the log tells more of rule-set versions by now');
};

/**
 * Judges what was sent under the rulebook and stores what comes of it, as `storeKnowing` does. A refusal rests on the rulebook too, and as nothing is
 * stored, the log cannot object to it: so it is asked before anything is refused.
 * @param judge makes what is to be stored and appends it with `upTo` of the book that it is given, or says what is wrong and appends nothing
 * @throws LogUnavailableError, RulesUnusableError
 */
export const judgeKnowing = async <T>(
  rulebooks: Rulebooks,
  judge: (book: Rulebook) => Promise<Result<T>>,
): Promise<Result<T>> =>
  storeKnowing(rulebooks, async (book) => {
    try {
      const judged = await judge(book);
      if (!judged.ok) await assertLatest(book, rulebooks);
      return judged;
    } catch (error) {
      if (error instanceof RulesUnusableError) await assertLatest(book, rulebooks);
      throw error;
    }
  });
