import { z } from 'zod';
import { parseInstant, TIMESTAMP_PATTERN, type Instant } from '../../values/instant.js';
import type { Issue } from '../../values/issue.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import { pointerTo } from '../../values/pointer.js';
import type { Intake } from '../../screening/intake.js';
import { issue } from './issue.js';
import { readFacts } from './read-facts.js';

const timestamp = z
  .string()
  .regex(TIMESTAMP_PATTERN, {
    error: 'must be an RFC 3339 timestamp with an offset, such as 2026-11-22T09:30:00Z',
  })
  .refine((text) => parseInstant(text) !== null, {
    error: 'must be a time that exists, from the year 1900 on',
  });

const text = (maximum: number): z.ZodString =>
  z
    .string({ error: 'must be text' })
    .min(1, { error: 'must not be empty' })
    .max(maximum, { error: `must have at most ${String(maximum)} characters` });

/** What a request may hold beside its facts, each key with its form. Nothing else is taken, and nothing is coerced. */
export const envelopeShape = {
  subject: text(128).meta({
    description: 'An opaque reference of the caller. Never needed; never put a name here.',
  }),
  asOf: timestamp.meta({
    description: 'The moment at which the facts are judged; the time of receipt where it is left out.',
  }),
  ruleSet: text(64).meta({ description: 'The rule set; the default one where it is left out.' }),
  ruleSetVersion: text(64).meta({
    description: 'The version; the one in force at receipt where it is left out.',
  }),
  supersedes: z
    .uuid({ error: 'must be the id of a decision' })
    .meta({ description: 'The id of an earlier decision that this one takes the place of.' }),
  retrospective: z
    .boolean({ error: 'must be true or false' })
    .meta({ description: 'True where `asOf` lies more than 24 hours before receipt.' }),
} as const;

type EnvelopeKey = keyof typeof envelopeShape;

const isEnvelopeKey = (key: string): key is EnvelopeKey => Object.hasOwn(envelopeShape, key);

const checkKey = (key: string, value: JsonValue): readonly Issue[] => {
  const pointer = pointerTo('', key);
  if (key === 'facts')
    return isJsonObject(value) ? [] : [issue(pointer, 'wrong-type', 'must be an object of facts by id')];
  if (!isEnvelopeKey(key))
    return [issue(pointer, 'unknown-key', 'is no key of an intake: facts stand under `facts`')];
  const parsed = envelopeShape[key].safeParse(value);
  if (parsed.success) return [];
  const code = key === 'asOf' ? 'not-a-time' : 'wrong-type';
  return [issue(pointer, code, parsed.error.issues[0]?.message ?? 'is not what it must be')];
};

const textAt = (sent: JsonObject, key: EnvelopeKey): string | null => {
  const value = Object.hasOwn(sent, key) ? envelopeShape[key].safeParse(sent[key]) : null;
  return value?.success === true && typeof value.data === 'string' ? value.data : null;
};

const instantAt = (sent: JsonObject): Instant | null => {
  const asOf = textAt(sent, 'asOf');
  return asOf === null ? null : parseInstant(asOf);
};

const NOTHING: JsonObject = {};

/**
 * Reads a native intake. It never fails: what is wrong stands in `issues`, and the facts are read when the version is
 * known, so that every fault is reported at once.
 */
export const readIntake = (received: JsonValue): Intake => {
  const isObject = isJsonObject(received);
  const sent = isObject ? received : NOTHING;
  const facts = Object.hasOwn(sent, 'facts') ? (sent.facts ?? null) : NOTHING;
  return {
    subject: textAt(sent, 'subject'),
    asOf: instantAt(sent),
    ruleSet: textAt(sent, 'ruleSet'),
    ruleSetVersion: textAt(sent, 'ruleSetVersion'),
    supersedes: textAt(sent, 'supersedes'),
    retrospective: sent.retrospective === true,
    received,
    issues: isObject
      ? Object.entries(sent).flatMap(([key, value]) => checkKey(key, value))
      : [issue('', 'wrong-type', 'must be an object')],
    readFacts: (version, asOf) => readFacts(isJsonObject(facts) ? facts : NOTHING, version, asOf),
  };
};
