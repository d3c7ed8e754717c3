import type { AuditFault } from '../log/audit-fault.js';
import type { IdempotencyKey } from '../log/entry.js';
import type { Leaf } from '../log/leaf.js';
import type { OpenedParts } from '../log/verify-entry.js';
import { isJsonObject, type JsonValue } from '../values/json.js';
import { jsonIn } from './opened-json.js';
import type { Ports } from './ports.js';
import type { RawEntry } from './raw-log.js';
import { lookupsOf } from './summaries.js';

const lookupsFrom = (
  { kind, organisation }: Leaf,
  parts: OpenedParts,
  { subjectHash }: Pick<Ports, 'subjectHash'>,
): RawEntry['lookups'] =>
  lookupsOf(kind, jsonIn(parts, 'summary') ?? null, (subject) => subjectHash(organisation, subject)).map(
    (lookup) => ({
      ...lookup,
      organisation,
    }),
  );

const textIn = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

const keysFrom = ({ organisation }: Leaf, parts: OpenedParts): readonly IdempotencyKey[] => {
  const request = jsonIn(parts, 'request');
  if (request === undefined || !isJsonObject(request)) return [];
  const { client, path, key, bodyHash } = request;
  return [
    {
      organisation,
      client: textIn(client),
      path: textIn(path),
      key: textIn(key),
      bodyHash: textIn(bodyHash),
    },
  ];
};

const lookupText = ({ organisation, name, value }: RawEntry['lookups'][number]): string =>
  JSON.stringify([name, organisation, value]);

const keyText = ({ organisation, client, path, key, bodyHash }: IdempotencyKey): string =>
  JSON.stringify([organisation, client, path, key, bodyHash]);

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify(a.toSorted()) === JSON.stringify(b.toSorted());

/**
 * Whether an entry is found by what follows from its payload, and by nothing else. What was erased is found by nothing; of a payload that does not open it
 * cannot be told.
 */
export const foundByFaults = (entry: RawEntry, ports: Pick<Ports, 'subjectHash'>): readonly AuditFault[] => {
  const { position, leaf, payload } = entry;
  if (leaf === null || payload === 'damaged') return [];
  const lookups = payload === 'none' ? [] : lookupsFrom(leaf, payload, ports);
  const keys = payload === 'none' ? [] : keysFrom(leaf, payload);
  const lookupsFit = isSame(entry.lookups.map(lookupText), lookups.map(lookupText));
  const keysFit = isSame(entry.keys.map(keyText), keys.map(keyText));
  return [
    ...(lookupsFit
      ? []
      : [{ position, code: 'lookup-differs', detail: 'it is not found by what follows from it' } as const]),
    ...(keysFit
      ? []
      : [
          {
            position,
            code: 'key-differs',
            detail: 'the idempotency key that is kept for it is not that of its request',
          } as const,
        ]),
  ];
};
