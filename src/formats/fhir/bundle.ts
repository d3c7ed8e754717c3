import type { Issue } from '../../values/issue.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import { pointerTo } from '../../values/pointer.js';
import type { DataQuality } from '../../screening/intake.js';
import { numberAt, objectAt, objectsAt, orNull, textAt } from './look.js';
import type { Part } from './records.js';

/** What a Bundle holds. There are issues where it is none that is taken. */
export type Unpacked = {
  readonly parts: readonly Part[];
  readonly remarks: readonly DataQuality[];
  readonly issues: readonly Issue[];
};

const TYPES: readonly string[] = ['collection', 'searchset', 'transaction'];

/** A search that came with a Bundle of its own is unpacked too, and what is in that no more. */
const DEPTH = 1;

const CUT_OFF =
  'this search has more than was sent: what is missing is not known to be absent, so send every page';

const FAILED = 'this search told of an error: what it would have found is not known to be absent';

/** Whether the result of a search goes on. Links that cannot be read may say so. */
export const hasNextPage = (bundle: JsonObject): boolean => {
  const links = objectsAt(bundle, 'link');
  return links === null || (links ?? []).some((link) => textAt(link, 'relation') === 'next');
};

const isMatch = (entry: JsonValue): boolean => {
  const search = isJsonObject(entry) ? objectAt(entry, 'search') : undefined;
  return search === undefined || (search !== null && textAt(search, 'mode') !== 'include');
};

const isCutOff = (bundle: JsonObject, entries: readonly JsonValue[]): boolean => {
  const total = numberAt(bundle, 'total');
  // A total that cannot be read may be greater than what came.
  if (total === null || hasNextPage(bundle)) return true;
  return total !== undefined && total > entries.filter(isMatch).length;
};

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** What is no record at all may have been any: it is a part that cannot be read. */
const unreadableAt = (pointer: string): Unpacked => ({
  ...NOTHING,
  parts: [{ resource: null, pointer, fullUrl: null }],
});

/** Says that records which were asked for could not be had. */
export const failedAt = (pointer: string): Unpacked => ({
  ...NOTHING,
  remarks: [{ pointer, code: 'cut-off', detail: FAILED }],
});

type Place = { readonly pointer: string; readonly fullUrl: string | null };

const unpackResource = (resource: JsonValue, { pointer, fullUrl }: Place, depth: number): Unpacked => {
  const type = isJsonObject(resource) ? textAt(resource, 'resourceType') : null;
  if (type === 'OperationOutcome') return failedAt(pointer);
  return isJsonObject(resource) && type === 'Bundle' && depth > 0
    ? unpackEntries(resource, pointer, depth - 1)
    : { ...NOTHING, parts: [{ resource, pointer, fullUrl }] };
};

/** A transaction may have entries without a resource, which ask for something or take it away. */
const unpackEntry = (entry: JsonValue, pointer: string, depth: number): Unpacked => {
  if (!isJsonObject(entry)) return unreadableAt(pointer);
  const { resource } = entry;
  if (resource === undefined) return Object.hasOwn(entry, 'request') ? NOTHING : unreadableAt(pointer);
  return unpackResource(
    resource,
    { pointer: `${pointer}/resource`, fullUrl: orNull(textAt(entry, 'fullUrl')) },
    depth,
  );
};

/** Nothing was there. */
export const NOTHING: Unpacked = { parts: [], remarks: [], issues: [] };

/** What several places hold, as one. */
export const joinUnpacked = (unpacked: readonly Unpacked[]): Unpacked => ({
  parts: unpacked.flatMap(({ parts }) => parts),
  remarks: unpacked.flatMap(({ remarks }) => remarks),
  issues: unpacked.flatMap(({ issues }) => issues),
});

const faultsOf = (bundle: JsonObject, pointer: string): readonly Issue[] => {
  const type = textAt(bundle, 'type');
  const { entry } = bundle;
  return [
    ...(typeof type === 'string' && TYPES.includes(type)
      ? []
      : [
          {
            pointer: `${pointer}/type`,
            code: 'unknown-code' as const,
            detail: `must be one of ${TYPES.join(', ')}`,
          },
        ]),
    ...(entry === undefined || Array.isArray(entry)
      ? []
      : [{ pointer: `${pointer}/entry`, code: 'wrong-type' as const, detail: 'must be a list of entries' }]),
  ];
};

/** What a Bundle holds, whatever it calls itself. Entries that are no list may have been any records. */
const unpackEntries = (bundle: JsonObject, pointer: string, depth: number): Unpacked => {
  const { entry = [] } = bundle;
  if (!isList(entry)) return unreadableAt(`${pointer}/entry`);
  const entries = entry;
  const unpacked = entries.map((entry, index) =>
    unpackEntry(entry, pointerTo(`${pointer}/entry`, index), depth),
  );
  const cut: readonly DataQuality[] = isCutOff(bundle, entries)
    ? [{ pointer, code: 'cut-off', detail: CUT_OFF }]
    : [];
  return joinUnpacked([{ ...NOTHING, remarks: cut }, ...unpacked]);
};

/**
 * Takes a Bundle apart: a collection, the result of a search, or a transaction.
 * INVARIANT: every entry that has a resource is a part, whatever it is; a search that is not whole is said to be cut off.
 */
export const unpackBundle = (bundle: JsonObject, pointer = '', depth = DEPTH): Unpacked => {
  const issues = faultsOf(bundle, pointer);
  return issues.length > 0 ? { ...NOTHING, issues } : unpackEntries(bundle, pointer, depth);
};

/** Takes apart what came in place of a resource: a Bundle of any type is what it holds, an error tells that records are missing, and anything else is a part, whatever it is. */
export const unpackAny = (resource: JsonValue, pointer: string, fullUrl: string | null = null): Unpacked =>
  unpackResource(resource, { pointer, fullUrl }, DEPTH);
