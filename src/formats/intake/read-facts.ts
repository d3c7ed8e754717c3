import type { Instant } from '../../values/instant.js';
import type { Issue } from '../../values/issue.js';
import type { JsonObject, JsonValue } from '../../values/json.js';
import { pointerTo } from '../../values/pointer.js';
import { indexFacts, type Dictionary } from '../../rules/dictionary.js';
import type { SentFact } from '../../rules/fact.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import type { FactValue } from '../../screening/facts.js';
import type { DataQuality, FactsRead } from '../../screening/intake.js';
import { situationAt } from '../../screening/situation.js';
import { readAskedUnknown, saysUnknown } from './asked-unknown.js';
import { readCodeList } from './code-list.js';
import { contradictionsIn } from './contradictions.js';
import { issue, read, refuse, type Read } from './issue.js';
import { readMeasured } from './measured.js';
import { readPastDate } from './moment.js';
import { readSeries } from './series.js';

/** One fact that was read, with what a clinician should know of it. */
export type FactRead = {
  readonly value: FactValue;
  readonly unmapped?: readonly string[];
  readonly dataQuality?: readonly DataQuality[];
};

/** The fact that a value is of, the moment at which it is judged, and where it stands. */
export type FactPlace = { readonly fact: SentFact; readonly asOf: Instant; readonly pointer: string };

const mapRead = <T, U>(from: Read<T>, map: (value: T) => U): Read<U> =>
  from.value === null ? refuse(...from.issues) : read(map(from.value));

const readBoolean = (value: JsonValue, pointer: string): Read<FactRead> =>
  typeof value === 'boolean'
    ? read({ value: { kind: 'boolean', value } })
    : refuse(issue(pointer, 'wrong-type', 'must be true or false'));

const readCode = (
  value: JsonValue,
  fact: SentFact & { readonly type: 'code' },
  pointer: string,
): Read<FactRead> => {
  if (typeof value !== 'string')
    return refuse(issue(pointer, 'wrong-type', 'must be one of the codes of the fact, as text'));
  const codes = fact.options.map(({ code }) => code);
  return codes.includes(value)
    ? read({ value: { kind: 'code', value } })
    : refuse(issue(pointer, 'unknown-code', `must be one of ${codes.join(', ')}`));
};

const readList = (
  value: JsonValue,
  fact: SentFact & { readonly type: 'codeList' },
  pointer: string,
): Read<FactRead> =>
  mapRead(readCodeList(value, fact, pointer), ({ value: list, unplaced }) => ({
    value: list,
    unmapped: unplaced,
    dataQuality: unplaced.map(() => ({
      pointer,
      code: 'unplaced-code' as const,
      detail:
        'a code that this version cannot place: the list counts as incomplete until someone looks it up and names it under `checked`',
    })),
  }));

const readTimeline = (
  value: JsonValue,
  fact: SentFact & { readonly type: 'series' },
  place: FactPlace,
): Read<FactRead> => readSeries(value, { fact, asOf: place.asOf }, place.pointer);

const readValue = (value: JsonValue, place: FactPlace): Read<FactRead> => {
  const { fact, asOf, pointer } = place;
  switch (fact.type) {
    case 'boolean':
      return readBoolean(value, pointer);
    case 'number':
      return mapRead(readMeasured(value, fact, pointer), (number) => ({
        value: { kind: 'number', low: number, high: number },
      }));
    case 'code':
      return readCode(value, fact, pointer);
    case 'codeList':
      return readList(value, fact, pointer);
    case 'date':
      return mapRead(readPastDate(value, asOf, pointer), (text) => ({
        value: { kind: 'date', value: text },
      }));
    case 'series':
      return readTimeline(value, fact, place);
  }
};

/** Reads one fact as a native intake holds it: a value of its type, or asked and unknown. Null is not asked. */
export const readSentFact = (value: JsonValue, place: FactPlace): Read<FactRead> => {
  if (value === null) return NOT_ASKED;
  return saysUnknown(value)
    ? mapRead(readAskedUnknown(value, place.pointer), (unknown) => ({ value: unknown }))
    : readValue(value, place);
};

const readFact = (id: string, value: JsonValue, context: Context): Read<FactRead> => {
  const pointer = pointerTo('/facts', id);
  const fact = context.dictionary.facts.get(id);
  if (fact === undefined)
    return refuse(issue(pointer, 'unknown-fact', `is no fact of ${context.version}: see GET /intake/schema`));
  if (fact.type === 'derived')
    return refuse(issue(pointer, 'derived-fact', 'is computed from other facts, and not sent'));
  return readSentFact(value, { fact, asOf: context.asOf, pointer });
};

/** Left out and null are the same: the fact was not asked for. There is nothing to read, and nothing wrong. */
const NOT_ASKED: Read<never> = { value: null, issues: [] };

/** The order of keys in a request means nothing, so what is said of them must not depend on it. */
const inDictionaryOrder = (ids: readonly string[], { order }: Dictionary): readonly string[] =>
  ids.toSorted((a, b) => (order.get(a) ?? order.size) - (order.get(b) ?? order.size));

type Context = { readonly dictionary: Dictionary; readonly version: string; readonly asOf: Instant };

/**
 * Reads the facts of a native intake under a version: every fault at once, each with its JSON Pointer. `null` is not asked. Nothing is
 * coerced, and nothing that is not understood is passed over: a typing error must never read as "not asked".
 */
export const readFacts = (sent: JsonObject, body: RuleSetBody, asOf: Instant): FactsRead => {
  const context = { dictionary: indexFacts(body.facts), version: `${body.id} ${body.version}`, asOf };
  const reads = inDictionaryOrder(Object.keys(sent), context.dictionary).map(
    (id) => [id, readFact(id, sent[id] ?? null, context)] as const,
  );
  const known = reads.flatMap(([id, { value }]) => (value === null ? [] : [[id, value] as const]));
  const facts = Object.fromEntries(known.map(([id, { value }]) => [id, value] as const));
  const faults: readonly Issue[] = reads.flatMap(([, { issues }]) => issues);
  return {
    facts,
    unmapped: [...new Set(known.flatMap(([, { unmapped }]) => unmapped ?? []))].toSorted(),
    dataQuality: known.flatMap(([, { dataQuality }]) => dataQuality ?? []),
    issues: [...faults, ...contradictionsIn(situationAt(context.dictionary, facts, asOf))],
  };
};
