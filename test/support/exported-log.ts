import { readExportLine } from '../../src/formats/audit/read-export.js';
import { writeExportEnd, writeExportEntry, writeExportHead } from '../../src/formats/audit/write-export.js';
import { exportLog, type ExportAsked } from '../../src/services/export-log.js';
import type { DecisionLog } from '../../src/services/ports.js';
import type { ShownLine } from '../../src/services/verify-export.js';
import { SIGNER } from './sqlite.js';

/** The lines of an export of a log, as they are sent. */
export const exportedLines = async (log: DecisionLog, asked: ExportAsked): Promise<readonly string[]> => {
  const exported = await exportLog(asked, { log, signer: SIGNER });
  if (exported === null) throw new Error('there is no such export');
  const { checkpoint, entries } = exported;
  const { organisation, from } = asked;
  const lines = [
    JSON.stringify(writeExportHead({ origin: SIGNER.name, organisation, from, size: checkpoint.size })),
  ];
  const count = { entries: 0, opened: 0 };
  for await (const entry of entries) {
    count.entries += 1;
    if (entry.entry !== null) count.opened += 1;
    lines.push(JSON.stringify(writeExportEntry(entry)));
  }
  return [...lines, JSON.stringify(writeExportEnd({ ...count, checkpoint: checkpoint.note, problem: null }))];
};

/** Lines as an auditor reads them. */
export async function* shownLines(lines: readonly string[]): AsyncGenerator<ShownLine, void, void> {
  for (const line of lines) yield await Promise.resolve(readExportLine(Buffer.from(line)));
}
