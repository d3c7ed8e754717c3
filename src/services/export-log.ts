import type { Entry } from '../log/entry.js';
import { checkpointAt, type SignedHead } from './checkpoints.js';
import { SERVICE_ORGANISATION } from './new-entry.js';
import type { Ports } from './ports.js';

/** Which part of the log is exported for an organisation: from a position on, of the log of a size; null is its size now. */
export type ExportAsked = {
  readonly organisation: string;
  readonly from: number;
  readonly size: number | null;
};

/** An entry of an export. Where it belongs to another organisation there is its hash alone. */
export type ExportedEntry = {
  readonly position: number;
  readonly leafHash: string;
  readonly entry: Entry | null;
};

/** An export: the checkpoint of the log that it is of, and its entries one after the other. */
export type LogExport = {
  readonly checkpoint: SignedHead;
  /** Each can be read once. It throws LogUnavailableError where the log cannot be read any further. */
  readonly entries: AsyncIterable<ExportedEntry>;
};

/** How many entries are in memory at once. The longest one is the body of a version, with some hundred thousand characters. */
const AT_ONCE = 32;

async function* entriesOf(
  { organisation, from }: ExportAsked,
  { size }: SignedHead,
  { log }: Pick<Ports, 'log'>,
): AsyncGenerator<ExportedEntry, void, void> {
  const ofWhom = [organisation, SERVICE_ORGANISATION];
  for (let next = from; next < size; next += AT_ONCE) {
    const limit = Math.min(AT_ONCE, size - next);
    const entries = await log.slice({ after: next - 1, limit, parts: null, ofWhom });
    for (const { leafHash, ...entry } of entries) {
      const { position } = entry;
      yield { position, leafHash, entry: ofWhom.includes(entry.organisation) ? entry : null };
    }
  }
}

/**
 * Exports the log as an auditor of an organisation may see it: the entries of the organisation and those of no one whole, and of all others their hashes,
 * so that the tree can be built and compared with the checkpoint. What is appended meanwhile is no part of it.
 * @returns null where the log never had that size, or `from` lies behind it
 * @throws LogUnavailableError
 */
export const exportLog = async (
  asked: ExportAsked,
  ports: Pick<Ports, 'log' | 'signer'>,
): Promise<LogExport | null> => {
  const checkpoint = await checkpointAt(asked.size, ports);
  if (checkpoint === null || asked.from > checkpoint.size) return null;
  return { checkpoint, entries: entriesOf(asked, checkpoint, ports) };
};
