import type { JsonObject, JsonValue } from '../../values/json.js';
import { isJsonObject } from '../../values/json.js';
import { pointerTo } from '../../values/pointer.js';
import type { DataQuality } from '../../screening/intake.js';
import type { Part } from '../fhir/records.js';
import { itemsOf, memberOf, textOf, typeOf } from './members.js';

/** Resources that were taken out of a part of a request, and what was found wrong with it meanwhile. */
export type Taken = { readonly parts: readonly Part[]; readonly remarks: readonly DataQuality[] };

/** Nothing was there. */
export const NOTHING_TAKEN: Taken = { parts: [], remarks: [] };

/** Makes a remark, without a resource. */
export const remarkAt = (pointer: string, code: DataQuality['code'], detail: string): Taken => ({
  parts: [],
  remarks: [{ pointer, code, detail }],
});

/** What was taken out of several places, as one. */
export const joinTaken = (taken: readonly Taken[]): Taken => ({
  parts: taken.flatMap(({ parts }) => parts),
  remarks: taken.flatMap(({ remarks }) => remarks),
});

/** A resource that says that another one could not be had. It is never an empty result. */
export const failureAt = (pointer: string): Taken =>
  remarkAt(
    pointer,
    'unreadable',
    'the EHR answered with an error in place of records: what would have stood here is unknown, not absent',
  );

const takeEntry = (entry: JsonValue, pointer: string): Taken => {
  const resource = memberOf(entry, 'resource');
  const place = pointerTo(pointer, 'resource');
  if (!isJsonObject(resource))
    return remarkAt(pointer, 'unreadable', 'an entry of a Bundle without a resource');
  if (typeOf(resource) === 'OperationOutcome') return failureAt(place);
  return { parts: [{ resource, pointer: place, fullUrl: textOf(entry, 'fullUrl') }], remarks: [] };
};

const isMatch = (entry: JsonValue): boolean => {
  const mode = textOf(memberOf(entry, 'search'), 'mode');
  return mode === null || mode === 'match';
};

/** Whether a search found more than stands in its Bundle: it links to a next page, or counts more than it holds. */
const isCutOff = (bundle: JsonObject): boolean => {
  const total = memberOf(bundle, 'total');
  const matches = itemsOf(bundle, 'entry').filter(isMatch);
  return (
    itemsOf(bundle, 'link').some((link) => textOf(link, 'relation') === 'next') ||
    (typeof total === 'number' && total > matches.length)
  );
};

/** The resources of a Bundle. A page of a longer result is remarked: what is not on it is not known to be absent. */
export const takeBundle = (bundle: JsonObject, pointer: string): Taken => {
  const place = pointerTo(pointer, 'entry');
  const entries = itemsOf(bundle, 'entry').map((entry, index) => takeEntry(entry, pointerTo(place, index)));
  const cut = isCutOff(bundle)
    ? remarkAt(pointer, 'cut-off', 'the search has more results than were sent')
    : NOTHING_TAKEN;
  return joinTaken([...entries, cut]);
};
