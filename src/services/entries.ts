import { canonicalText } from '../log/canonical.js';
import type { SaltedPart } from '../log/commitment.js';
import type { Entry } from '../log/entry.js';
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

/** A part of an entry, as canonical JSON. @throws Error where the entry has no such part */
export const partOf = (entry: Entry, name: string): string => {
  const part = entry.parts[name];
  if (part === undefined)
    throw new Error(`${entry.kind} at position ${String(entry.position)} has no part \`${name}\``);
  return part.body;
};

/** The answer of an entry as it was sent, as canonical JSON. @throws Error where the entry has none */
export const answerOf = (entry: Entry): string => partOf(entry, 'answer');
