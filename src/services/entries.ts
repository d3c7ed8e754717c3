import { canonicalText } from '../log/canonical.js';
import type { SaltedPart } from '../log/commitment.js';
import type { NewEntry } from '../log/entry.js';
import type { Instant } from '../values/instant.js';
import type { JsonValue } from '../values/json.js';
import type { Chance } from './ports.js';

/** The time of an entry: in UTC and to the millisecond, so that the log has one calendar and texts are in the order of time. */
export const entryTime = ({ epochMs }: Instant): string => new Date(epochMs).toISOString();

/** A part of a payload as canonical text, with a salt of its own, so that equal parts have unequal commitments. */
export const saltedPart = (value: JsonValue, chance: Chance): SaltedPart => ({
  salt: chance.newSalt(),
  body: canonicalText(value),
});

/** What a part is read of: an entry that was found, or one that is still to be written. */
type WithParts = Pick<NewEntry, 'id' | 'kind' | 'parts'>;

/** A part of an entry, as canonical JSON. @throws Error where the entry has no such part */
export const partOf = ({ id, kind, parts }: WithParts, name: string): string => {
  const part = parts[name];
  if (part === undefined) throw new Error(`the ${kind} ${id} has no part \`${name}\``);
  return part.body;
};

/** The answer of an entry as it was sent, as canonical JSON. @throws Error where the entry has none */
export const answerOf = (entry: WithParts): string => partOf(entry, 'answer');
