import type { JsonObject } from '../../values/json.js';
import { EXPORT_FORM } from './export-schema.js';
import { writeLeaf, writeParts, type ProvenEntry } from './write-proof.js';

/** What an export begins with. */
export type ExportHead = {
  readonly origin: string;
  readonly organisation: string;
  readonly from: number;
  readonly size: number;
};

/** How an export ends: with the checkpoint, or with the `type` of the problem that ended it. */
export type ExportEnd = {
  readonly entries: number;
  readonly opened: number;
  readonly checkpoint: string | null;
  readonly problem: string | null;
};

/** Writes the first line of an export. */
export const writeExportHead = ({ origin, organisation, from, size }: ExportHead): JsonObject => ({
  form: EXPORT_FORM,
  origin,
  organisation,
  from,
  size,
});

/** Writes an entry: all of it, or its hash alone where there is no entry to be opened. */
export const writeExportEntry = ({
  position,
  leafHash,
  entry,
}: {
  readonly position: number;
  readonly leafHash: string;
  readonly entry: ProvenEntry | null;
}): JsonObject => ({
  position,
  leafHash,
  ...(entry === null ? {} : { leaf: writeLeaf(entry), parts: writeParts(entry) }),
});

/** Writes the last line of an export. It is complete where it ends with a checkpoint. */
export const writeExportEnd = ({ entries, opened, checkpoint, problem }: ExportEnd): JsonObject => ({
  end: true,
  complete: checkpoint !== null,
  entries,
  opened,
  checkpoint,
  problem,
});
