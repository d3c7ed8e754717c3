import { formatInstant, TIMESTAMP_PATTERN, type Instant } from '../../values/instant.js';
import type { Issue } from '../../values/issue.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import { PARTIAL_DATE_PATTERN } from '../../values/partial-date.js';
import { pointerTo } from '../../values/pointer.js';
import type { Measured, SeriesFact } from '../../rules/fact.js';
import { MAX_READINGS } from '../../rules/points.js';
import type { Reading, SeriesValue } from '../../screening/facts.js';
import type { DataQuality } from '../../screening/intake.js';
import { mergeReadings } from './merge-readings.js';
import { issue, read, refuse, type Read } from './issue.js';
import { readInUnit, unitsOf } from './measured.js';
import { readPastMoment } from './moment.js';

/** A series as it was sent, and what was found in it. */
export type SeriesRead = { readonly value: SeriesValue; readonly dataQuality: readonly DataQuality[] };

type Place = { readonly fact: SeriesFact; readonly asOf: Instant };

const readTime = (sent: JsonObject, asOf: Instant, pointer: string): Read<string> => {
  const takenAt = sent.takenAt;
  if (takenAt === undefined)
    return refuse(issue(pointer, 'missing-key', 'needs `takenAt`, the time of the reading'));
  const moment = readPastMoment(takenAt, asOf, `${pointer}/takenAt`);
  if (moment.value === null) return refuse(...moment.issues);
  return read(
    moment.value.kind === 'date'
      ? moment.value.text
      : formatInstant({ epochMs: moment.value.instant.epochMs, offsetMinutes: 0 }),
  );
};

const readUnit = (sent: JsonObject, fact: SeriesFact, pointer: string): Read<string | undefined> => {
  const { unit } = sent;
  if (unit === undefined) return read(undefined);
  const accepted =
    typeof unit === 'string' && Object.values(fact.components).every((one) => unitsOf(one).includes(unit));
  return typeof unit === 'string' && accepted
    ? read(unit)
    : refuse(
        issue(`${pointer}/unit`, 'unit-not-accepted', 'is no unit in which every component can be sent'),
      );
};

type Component = { readonly name: string; readonly measured: Measured; readonly unit: string | undefined };

const readComponent = (
  sent: JsonObject,
  { name, measured, unit }: Component,
  pointer: string,
): Read<number | null> => {
  const value = Object.hasOwn(sent, name) ? sent[name] : undefined;
  if (value === undefined)
    return refuse(
      issue(pointer, 'missing-key', `needs \`${name}\`: a number, or null where it could not be read`),
    );
  if (value === null) return read(null);
  const place = pointerTo(pointer, name);
  return typeof value === 'number'
    ? readInUnit({ value, unit: unit ?? measured.unit }, measured, place)
    : refuse(issue(place, 'wrong-type', `must be a number in \`${measured.unit}\`, or null`));
};

const checkOrder = (
  values: Readonly<Record<string, number | null>>,
  fact: SeriesFact,
  pointer: string,
): readonly Issue[] =>
  (fact.ordered ?? []).flatMap(({ greater, lesser }) => {
    const high = values[greater];
    const low = values[lesser];
    return typeof high === 'number' && typeof low === 'number' && high <= low
      ? [issue(pointer, 'out-of-range', `\`${greater}\` must lie above \`${lesser}\``)]
      : [];
  });

const unknownKeys = (sent: JsonObject, fact: SeriesFact, pointer: string): readonly Issue[] =>
  Object.keys(sent)
    .filter((key) => key !== 'takenAt' && key !== 'unit' && !Object.hasOwn(fact.components, key))
    .map((key) => issue(pointerTo(pointer, key), 'unknown-key', `is no part of a reading of \`${fact.id}\``));

const readReading = (sent: JsonValue, { fact, asOf }: Place, pointer: string): Read<Reading> => {
  if (!isJsonObject(sent))
    return refuse(issue(pointer, 'wrong-type', 'must be an object with `takenAt` and the components'));
  const takenAt = readTime(sent, asOf, pointer);
  const unit = readUnit(sent, fact, pointer);
  const components = Object.entries(fact.components).map(
    ([name, measured]) =>
      [name, readComponent(sent, { name, measured, unit: unit.value ?? undefined }, pointer)] as const,
  );
  // Numbers in a unit that is not accepted are not judged: their range is that of another unit.
  const faults =
    unit.issues.length > 0 ? unit.issues : components.flatMap(([, component]) => component.issues);
  const values = Object.fromEntries(components.map(([name, component]) => [name, component.value]));
  const all = [...unknownKeys(sent, fact, pointer), ...takenAt.issues, ...faults];
  const issues = all.length > 0 ? all : checkOrder(values, fact, pointer);
  return takenAt.value === null || issues.length > 0
    ? refuse(...issues)
    : read({ takenAt: takenAt.value, values });
};

/**
 * Reads a series. A reading whose components are null stays, at its time, so that no older one takes its place. The order in which readings
 * were sent does not matter.
 */
export const readSeries = (value: JsonValue, place: Place, pointer: string): Read<SeriesRead> => {
  if (!Array.isArray(value)) return refuse(issue(pointer, 'wrong-type', 'must be an array of readings'));
  if (value.length > MAX_READINGS)
    return refuse(issue(pointer, 'too-long', `must hold at most ${String(MAX_READINGS)} readings`));
  const readings = value.map((sent: JsonValue, index) => readReading(sent, place, pointerTo(pointer, index)));
  const issues = readings.flatMap((reading) => reading.issues);
  if (issues.length > 0) return refuse(...issues);
  const all = readings.flatMap((reading) => (reading.value === null ? [] : [reading.value]));
  const merged = mergeReadings(all, pointer);
  return read({ value: { kind: 'series', readings: merged.readings }, dataQuality: merged.dataQuality });
};

const componentSchema = (fact: SeriesFact, measured: Measured): JsonObject => {
  const others = Object.keys(measured.alsoAccepts ?? {}).length > 0;
  // In another unit the limits differ, so the schema gives them only where there is no other unit.
  const number: JsonObject = others
    ? { type: 'number' }
    : {
        type: measured.integer === true ? 'integer' : 'number',
        minimum: measured.range.min,
        maximum: measured.range.max,
      };
  return {
    anyOf: [number, { type: 'null' }],
    description: `in ${measured.unit} where the reading names no unit`,
    $comment: fact.id,
  };
};

/** The JSON Schema of a series. */
export const seriesSchema = (fact: SeriesFact): JsonObject => {
  const components = Object.entries(fact.components);
  const shared = (components[0] === undefined ? [] : unitsOf(components[0][1])).filter((unit) =>
    components.every(([, measured]) => unitsOf(measured).includes(unit)),
  );
  return {
    type: 'array',
    maxItems: MAX_READINGS,
    items: {
      type: 'object',
      properties: {
        takenAt: {
          type: 'string',
          anyOf: [{ pattern: TIMESTAMP_PATTERN.source }, { pattern: PARTIAL_DATE_PATTERN.source }],
        },
        ...(shared.length > 0 ? { unit: { enum: shared } } : {}),
        ...Object.fromEntries(components.map(([name, measured]) => [name, componentSchema(fact, measured)])),
      },
      required: ['takenAt', ...components.map(([name]) => name)],
      additionalProperties: false,
    },
  };
};
