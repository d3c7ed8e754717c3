import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import { isList, memberOf } from './members.js';
import type { Query } from './lacking.js';
import type { HookCall } from './read-hook.js';

/** What the FHIR server answered to a query; null where it gave no answer that can be used. */
export type FhirAnswer = { readonly query: Query; readonly value: JsonObject | null };

/** Stands where a key was asked for and could not be had: it is read as any error in a prefetch is. */
const NOT_HAD: JsonObject = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'incomplete' }],
};

/** An address wherever it stands whole: what only begins like it (`…/r4b` beside `…/r4`) is another server, whose records are of other patients. */
const wholeAddress = (base: string): RegExp =>
  new RegExp(`${base.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:/|(?![\\w.~%-]))`, 'g');

/** Addresses become relative ones: what is read and kept names no server. */
const withoutAddress = (value: JsonValue, address: RegExp): JsonValue => {
  if (typeof value === 'string') return value.replaceAll(address, '');
  if (isList(value)) return value.map((item) => withoutAddress(item, address));
  return isJsonObject(value) ? relative(value, address) : value;
};

const relative = (value: JsonObject, address: RegExp): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutAddress(member, address)]));

/** What a key holds from now on. What was sent stays where nothing better was had. */
const valueOf = ({ query, value }: FhirAnswer, { prefetch }: HookCall, base: string): JsonValue => {
  if (value !== null) return relative(value, wholeAddress(base));
  const sent = memberOf(prefetch, query.key);
  return sent ?? NOT_HAD;
};

/**
 * A call as if the client had sent what its FHIR server answered. A key that could not be had holds an error, so that what it would have told stays unknown.
 * @param base the address of the server, which is taken out of its answers
 */
export const fillPrefetch = (call: HookCall, answers: readonly FhirAnswer[], base: string): HookCall => {
  const filled = answers.map((answer) => [answer.query.key, valueOf(answer, call, base)] as const);
  const prefetch = { ...call.prefetch, ...Object.fromEntries(filled) };
  return {
    ...call,
    prefetch,
    received: { ...call.received, prefetch },
    fetched: [...call.fetched, ...filled.map(([key]) => key)],
  };
};
