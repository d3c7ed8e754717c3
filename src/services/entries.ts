import { canonicalText } from '../log/canonical.js';
import type { SaltedPart } from '../log/commitment.js';
import { formatInstant, type Instant } from '../values/instant.js';
import type { JsonValue } from '../values/json.js';
import type { Chance } from './ports.js';

/** The time of an entry: in UTC, so that the log has one calendar. */
export const entryTime = (at: Instant): string => formatInstant({ epochMs: at.epochMs, offsetMinutes: 0 });

/** Salts the parts of a payload, each with a salt of its own, so that equal parts have unequal commitments. */
export const saltedParts = (
  parts: Readonly<Record<string, JsonValue>>,
  chance: Chance,
): Readonly<Record<string, SaltedPart>> =>
  Object.fromEntries(
    Object.entries(parts).map(([name, value]) => [
      name,
      { salt: chance.newSalt(), body: canonicalText(value) },
    ]),
  );
