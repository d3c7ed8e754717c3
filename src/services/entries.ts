import { canonicalText } from '../log/canonical.js';
import type { SaltedPart } from '../log/commitment.js';
import { formatInstant, type Instant } from '../values/instant.js';
import type { JsonValue } from '../values/json.js';
import type { Chance } from './ports.js';

/** The time of an entry: in UTC, so that the log has one calendar. */
export const entryTime = (at: Instant): string => formatInstant({ epochMs: at.epochMs, offsetMinutes: 0 });

/** A part of a payload as canonical text, with a salt of its own, so that equal parts have unequal commitments. */
export const saltedPart = (value: JsonValue, chance: Chance): SaltedPart => ({
  salt: chance.newSalt(),
  body: canonicalText(value),
});
