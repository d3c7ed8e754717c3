import type { z } from 'zod';
import type { JsonValue } from '../../values/json.js';
import { readJson } from '../../values/read-json.js';
import { exportEndSchema, exportEntrySchema, exportHeadSchema } from './export-schema.js';
import type { leafSchema } from './proof-schema.js';

/** What the log says of an entry, as it was read. */
export type LeafRead = z.infer<typeof leafSchema>;

/** The opened parts of a payload as they were read, by name: each with its salt. */
export type PartsRead = Readonly<Record<string, { readonly salt: string; readonly value: JsonValue }>>;

/** A line of an export as it was read. `malformed` is none. */
export type ExportLineRead =
  | ({ readonly kind: 'head' } & z.infer<typeof exportHeadSchema>)
  | {
      readonly kind: 'entry';
      readonly position: number;
      readonly leafHash: string;
      readonly leaf: LeafRead | null;
      readonly parts: PartsRead | null;
    }
  | ({ readonly kind: 'end' } & z.infer<typeof exportEndSchema>)
  | { readonly kind: 'malformed' };

/** Deeper than any criterion of a rule-set version nests inside the line of its registration. */
const MOST_DEPTH = 200;

const MALFORMED: ExportLineRead = { kind: 'malformed' };

/** JSON that was read strictly is JSON, whatever the schema that let it pass knows of it. */
export const partsRead = (
  parts: Readonly<Record<string, { readonly salt: string; readonly value?: unknown }>> | null,
): PartsRead | null =>
  parts === null
    ? null
    : Object.fromEntries(
        Object.entries(parts).map(([name, { salt, value }]) => [name, { salt, value: asJson(value) }]),
      );

const isJson = (value: unknown): value is JsonValue => value !== undefined;

const asJson = (value: unknown): JsonValue => (isJson(value) ? value : null);

const readEntry = (json: JsonValue): ExportLineRead => {
  const parsed = exportEntrySchema.safeParse(json);
  if (!parsed.success) return MALFORMED;
  const { position, leafHash, leaf = null, parts = null } = parsed.data;
  return { kind: 'entry', position, leafHash, leaf, parts: partsRead(parts) };
};

/** Reads JSON of the auditor strictly: no key twice, nothing that another reader would read otherwise; null where it is none. */
export const readAuditJson = (bytes: Uint8Array): { readonly value: JsonValue } | null => {
  const read = readJson(bytes, { maxDepth: MOST_DEPTH });
  return read.ok ? { value: read.value } : null;
};

/** Reads a line of an export. Total: whatever the bytes are, it does not throw. */
export const readExportLine = (bytes: Uint8Array): ExportLineRead => {
  const read = readAuditJson(bytes);
  if (read === null) return MALFORMED;
  const head = exportHeadSchema.safeParse(read.value);
  if (head.success) return { kind: 'head', ...head.data };
  const end = exportEndSchema.safeParse(read.value);
  return end.success ? { kind: 'end', ...end.data } : readEntry(read.value);
};
