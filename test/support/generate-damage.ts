import { isJsonObject, type JsonObject, type JsonValue } from '../../src/values/json.js';
import { chance, pick, times, type Draw } from './generate-draw.js';

/** Values that stand in the wrong place almost anywhere: other types, huge and tiny numbers, dates that do not exist, odd keys. */
const WRONG: readonly JsonValue[] = [
  null,
  true,
  0,
  -1,
  3.5,
  1e308,
  -1e308,
  1e21,
  5e-324,
  9_007_199_254_740_991,
  '',
  'x',
  'true',
  '120',
  'mm[Hg]',
  '2026-02-30',
  '2026-13',
  '26-11-22',
  '2026-11-22T09:30:00',
  '2026-11-22T09:30:60Z',
  '2026-11-22t09:30:00z',
  '2026-11-22T09:30:00+14:01',
  '2026-11-22T09:30:00Z',
  '2026-11-22',
  '1899',
  '9999-12-31',
  'a'.repeat(129),
  [],
  {},
  [null],
  ['x'],
  { unknown: 'declined' },
  { unknown: 'stale' },
  { unknown: 'declined', why: 'x' },
  { value: 1 },
  { value: '1', unit: '1' },
  { value: 1, unit: 'parsec' },
  { value: 1e308, unit: 'kPa' },
  { codes: [] },
  { codes: 'x', complete: true },
  { codes: ['x'], complete: 'yes' },
  [{ takenAt: '2026-11-01T00:00:00Z' }],
  [{ takenAt: 5, upper: 120, lower: 80 }],
];

const KEYS = [
  'facts',
  'unknown',
  'value',
  'unit',
  'codes',
  'complete',
  'takenAt',
  'derived0',
  'yes0',
  'upper',
  '__proto__',
  'constructor',
  'toString',
  '',
] as const;

const isArray = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** An object of entries in which even `__proto__` is a key like any other, as it is in JSON that was parsed. */
const objectOf = (entries: readonly (readonly [string, JsonValue])[]): JsonObject => {
  const members = entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return JSON.parse(`{${members.join()}}`) as JsonObject;
};

const damagedObject = (draw: Draw, value: JsonObject, depth: number): JsonValue => {
  const entries = Object.entries(value);
  const at = entries.length === 0 ? -1 : draw(entries.length);
  const kind = draw(8);
  if (kind === 0 || at < 0) return objectOf([...entries, [pick(draw, KEYS), pick(draw, WRONG)]]);
  if (kind === 1) return objectOf(entries.filter((_, index) => index !== at));
  return objectOf(
    entries.map(([key, item], index) => {
      if (index !== at) return [key, item];
      return kind === 2 ? [pick(draw, KEYS), item] : [key, damaged(draw, item, depth - 1)];
    }),
  );
};

/** A JSON value with something wrong in it, at some depth. */
export const damaged = (draw: Draw, value: JsonValue, depth = 5): JsonValue => {
  if (depth === 0 || chance(draw, 12)) return pick(draw, WRONG);
  if (isJsonObject(value)) return damagedObject(draw, value, depth);
  if (!isArray(value) || value.length === 0) return pick(draw, WRONG);
  const at = draw(value.length);
  if (chance(draw, 10)) return times(201, () => value[at] ?? null);
  return value.map((item, index) => (index === at ? damaged(draw, item, depth - 1) : item));
};

/** What else an intake may hold, right and wrong. */
const ENVELOPE: readonly (readonly [string, JsonValue])[] = [
  ['subject', 'pt-8841'],
  ['subject', ''],
  ['subject', 'a'.repeat(129)],
  ['subject', 7],
  ['ruleSet', 'generated'],
  ['ruleSet', 'a'.repeat(65)],
  ['ruleSetVersion', '1.0.0'],
  ['ruleSetVersion', null],
  ['supersedes', '0197f3c2-0000-7000-8000-000000000000'],
  ['supersedes', '00000000-0000-0000-0000-000000000000'],
  ['supersedes', 'urn:uuid:0197f3c2-0000-7000-8000-000000000000'],
  ['supersedes', '0197F3C2-0000-7000-8000-000000000000'],
  ['supersedes', '0197f3c200007000800000000000000'],
  ['retrospective', true],
  ['retrospective', 'yes'],
  ['asOf', '2026-11-22T24:00:00Z'],
  ['asOf', null],
];

/** An intake with more keys beside its facts, some of them wrong. */
export const withEnvelope = (draw: Draw, sent: JsonObject): JsonObject =>
  chance(draw, 30) ? { ...sent, ...Object.fromEntries([pick(draw, ENVELOPE)]) } : sent;
