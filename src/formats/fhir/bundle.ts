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
const DEPTH = 2;

const CUT_OFF =
  'this search has more than was sent: what is missing is not known to be absent, so send every page';

const FAILED = 'this search told of an error: what it would have found is not known to be absent';

const hasNextPage = (bundle: JsonObject): boolean => {
  const links = objectsAt(bundle, 'link');
  return links === null || (links ?? []).some((link) => textAt(link, 'relation') === 'next');
};

const isMatch = (entry: JsonValue): boolean => {
  const search = isJsonObject(entry) ? objectAt(entry, 'search') : undefined;
  return search === undefined || search === null || textAt(search, 'mode') !== 'include';
};

const isCutOff = (bundle: JsonObject, entries: readonly JsonValue[]): boolean => {
  const total = numberAt(bundle, 'total');
  return hasNextPage(bundle) || (typeof total === 'number' && total > entries.filter(isMatch).length);
};

const unpackEntry = (entry: JsonValue, pointer: string, depth: number): Unpacked => {
  // What is no entry may have been any record.
  if (!isJsonObject(entry)) return { ...NOTHING, parts: [{ resource: entry, pointer, fullUrl: null }] };
  const { resource } = entry;
  if (resource === undefined) return NOTHING;
  const place = `${pointer}/resource`;
  const type = isJsonObject(resource) ? textAt(resource, 'resourceType') : null;
  if (type === 'OperationOutcome')
    return { ...NOTHING, remarks: [{ pointer: place, code: 'cut-off', detail: FAILED }] };
  return isJsonObject(resource) && type === 'Bundle' && depth > 1
    ? unpackBundle(resource, place, depth - 1)
    : { ...NOTHING, parts: [{ resource, pointer: place, fullUrl: orNull(textAt(entry, 'fullUrl')) }] };
};

const NOTHING: Unpacked = { parts: [], remarks: [], issues: [] };

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

/**
 * Takes a Bundle apart: a collection, the result of a search, or a transaction.
 * INVARIANT: every entry that has a resource is a part, whatever it is; a search that is not whole is said to be cut off.
 */
export const unpackBundle = (bundle: JsonObject, pointer = '', depth = DEPTH): Unpacked => {
  const issues = faultsOf(bundle, pointer);
  if (issues.length > 0) return { ...NOTHING, issues };
  const entries: readonly JsonValue[] = Array.isArray(bundle.entry) ? bundle.entry : [];
  const unpacked = entries.map((entry, index) =>
    unpackEntry(entry, pointerTo(`${pointer}/entry`, index), depth),
  );
  const cut: readonly DataQuality[] = isCutOff(bundle, entries)
    ? [{ pointer, code: 'cut-off', detail: CUT_OFF }]
    : [];
  return {
    parts: unpacked.flatMap(({ parts }) => parts),
    remarks: [...cut, ...unpacked.flatMap(({ remarks }) => remarks)],
    issues: unpacked.flatMap((one) => one.issues),
  };
};
