import { parseDuration } from '../../values/duration.js';
import type { Instant } from '../../values/instant.js';
import type { JsonValue } from '../../values/json.js';
import { membershipOf, spanOfReading } from '../../screening/reading-time.js';
import { readPastMoment } from '../intake/moment.js';
import { worstOf, type Compared } from './adverse.js';
import type { Claim, Said } from './claim.js';

/** How long what was answered may be taken for what is so now. Contraindications come and go, and a form does not say when each began. */
const ANSWERS_HOLD = 'P30D';

/** How far two clocks may differ: the same as between `asOf` and receipt. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/** Whether answers are of now, too old (`stale`), of nobody knows when (`undated`), or of a time that cannot be (`unreadable`). */
export type Age = 'fresh' | 'stale' | 'undated' | 'unreadable';

/**
 * The age of answers. A date that is known to its month or year is fresh only where all of it is. A response that does not say when it was filled in
 * may have lain in a record for years, so it counts for no more than an old one: what has just filled in a form knows the time.
 * @param authored when the response was filled in; undefined where it does not say
 */
export const ageOf = (authored: JsonValue | undefined, asOf: Instant): Age => {
  if (authored === undefined) return 'undated';
  const latest = { ...asOf, epochMs: asOf.epochMs + CLOCKS_DIFFER_MS };
  const moment = readPastMoment(authored, latest, '').value;
  if (moment === null || typeof authored !== 'string') return 'unreadable';
  const span = spanOfReading(authored, asOf.offsetMinutes);
  const reading = { reading: { takenAt: authored, values: {} }, span };
  const [isFresh] = membershipOf([reading], { within: parseDuration(ANSWERS_HOLD), asOf });
  return isFresh === 'true' ? 'fresh' : 'stale';
};

/** Whether yes is the worse answer to a question. "Is it under control?" is not answered for good by a yes. */
const isYesWorse = (fact: string, under: Compared): boolean => {
  const worst = worstOf(
    fact,
    [true, false].map((value) => ({ kind: 'boolean', value })),
    under,
  );
  return worst?.kind === 'boolean' && worst.value;
};

/**
 * What an answer that is too old still says. A reading carries its own time, and a yes stays where that is the worse answer, because what is known and adverse is not
 * settled by time alone. All else is unknown: a date of the last time too, for there may have been a later one.
 */
export const saidLongAgo = ({ said, from }: Claim, under: Compared): Said => {
  const stays =
    said.kind === 'reading' || (said.kind === 'boolean' && said.value && isYesWorse(from.fact, under));
  return stays ? said : { kind: 'unknown', reason: 'stale' };
};
