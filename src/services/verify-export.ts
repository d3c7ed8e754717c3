import type { AuditFault, FaultCode } from '../log/audit-fault.js';
import { readCheckpoint, type Checkpoint } from '../log/checkpoint.js';
import { LogAudit, type AuditOutcome } from '../log/log-audit.js';
import type { VerifierKey } from '../log/verifier-key.js';
import { openedParts, type ShownEntry } from './doubted-entry.js';
import { contentFaults } from './verify-content.js';

/** A line of an export as it was read. All of it is doubted. */
export type ShownLine =
  | { readonly kind: 'head'; readonly origin: string; readonly from: number; readonly size: number }
  | ({ readonly kind: 'entry'; readonly position: number } & (
      ShownEntry | { readonly leafHash: string; readonly leaf: null }
    ))
  | {
      readonly kind: 'end';
      readonly entries: number;
      readonly opened: number;
      readonly checkpoint: string | null;
    }
  | { readonly kind: 'malformed' };

/** With what an export is checked: the key of the log, and checkpoints that were kept elsewhere. */
export type VerifiedWith = { readonly key: VerifierKey; readonly kept: readonly Checkpoint[] };

/** No more can be read of an export: what comes after it could be anything. */
class Unreadable extends Error {
  readonly fault: AuditFault;

  constructor(position: number, code: FaultCode, detail: string) {
    super(detail);
    this.fault = { position, code, detail };
  }
}

type Head = Extract<ShownLine, { kind: 'head' }>;
type End = Extract<ShownLine, { kind: 'end' }>;

/** The lines of an export, taken one by one. An export that was cut may go on with a new head, where it was cut. */
class ExportAudit {
  readonly #key: VerifierKey;
  readonly #audit: LogAudit;
  #head: Head | null = null;
  #isWhole = false;
  /** How many entries were opened in this part. */
  #opened = 0;
  /** A line that was cut in its middle: that is no fault where the export goes on with a new head. */
  #isCut = false;

  constructor({ key, kept }: VerifiedWith) {
    this.#key = key;
    this.#audit = new LogAudit(kept);
  }

  take(line: ShownLine): void {
    if (this.#isWhole) throw this.#unreadable('malformed', 'more stands behind the end of the export');
    if (line.kind === 'head') this.#begin(line);
    else if (this.#isCut || line.kind === 'malformed') this.#cut();
    else if (this.#head === null) throw this.#unreadable('malformed', 'it does not begin as an export does');
    else if (line.kind === 'entry') this.#enter(line);
    else this.#finish(line, this.#head);
  }

  end(fault: AuditFault | null): AuditOutcome {
    if (fault !== null) this.#audit.blame([fault]);
    else if (!this.#isWhole) this.#audit.blame([this.#incomplete()]);
    return this.#audit.end();
  }

  #unreadable(code: FaultCode, detail: string): Unreadable {
    return new Unreadable(this.#audit.size, code, detail);
  }

  #cut(): void {
    if (this.#isCut) throw this.#unreadable('malformed', 'what stands here is no line of an export');
    this.#isCut = true;
  }

  #begin(head: Head): void {
    const size = this.#head?.size ?? head.size;
    if (head.origin !== this.#key.name)
      throw this.#unreadable('not-signed', 'it is an export of a log with another key than the one given');
    if (head.from !== this.#audit.size || head.size !== size)
      throw this.#unreadable(
        'incomplete',
        `the part that begins here is one from ${String(head.from)} of the size ${String(head.size)}: give all parts of one size, in their order`,
      );
    this.#head = head;
    this.#opened = 0;
    this.#isCut = false;
  }

  #enter(line: Extract<ShownLine, { kind: 'entry' }>): void {
    if (line.position !== this.#audit.size)
      throw this.#unreadable('position-missing', `entry ${String(line.position)} stands in its place`);
    if (line.leaf === null) this.#audit.add({ leafHash: line.leafHash, leaf: null });
    else this.#open(line);
  }

  #open({ leafHash, leaf, parts }: ShownEntry): void {
    this.#opened += 1;
    const opened = openedParts(parts);
    if (opened !== null) this.#audit.blame(contentFaults(leaf, opened));
    this.#audit.add({ leafHash, leaf, parts: opened });
  }

  #finish({ entries, opened, checkpoint }: End, { from, size }: Head): void {
    if (entries !== this.#audit.size - from || opened !== this.#opened)
      throw this.#unreadable(
        'incomplete',
        `its end counts ${String(entries)} entries, ${String(opened)} of them opened`,
      );
    if (checkpoint === null) return;
    this.#isWhole = true;
    const read = readCheckpoint(checkpoint, this.#key);
    if (!read.ok) throw this.#unreadable(read.fault, 'the checkpoint at its end is not signed by the key');
    this.#compare(read.checkpoint, size);
  }

  #compare(claimed: Checkpoint, size: number): void {
    const audited = this.#audit.end();
    if (audited.size !== size || claimed.size !== size)
      throw this.#unreadable('incomplete', `it has not the ${String(size)} entries that it begins with`);
    if (audited.root !== claimed.root)
      this.#audit.blame([
        {
          position: null,
          code: 'other-root',
          detail:
            'its entries have another root than the checkpoint at its end: an entry was changed, and its hash with it',
        },
      ]);
  }

  #incomplete(): AuditFault {
    const size =
      this.#head === null ? '' : `, with from=${String(this.#audit.size)}&size=${String(this.#head.size)}`;
    return {
      position: this.#audit.size,
      code: 'incomplete',
      detail: `the export was cut here: ask for the rest${size}, and give both parts`,
    };
  }
}

/**
 * Verifies an export with the key of the log alone: each entry against its hash, each payload against its commitments, all hashes against the checkpoint at
 * the end, and the roots on the way against checkpoints that were kept. In memory that grows with what was erased alone.
 */
export const verifyExport = async (
  lines: AsyncIterable<ShownLine>,
  using: VerifiedWith,
): Promise<AuditOutcome> => {
  const audit = new ExportAudit(using);
  try {
    for await (const line of lines) audit.take(line);
    return audit.end(null);
  } catch (error) {
    if (error instanceof Unreadable) return audit.end(error.fault);
    throw error;
  }
};
