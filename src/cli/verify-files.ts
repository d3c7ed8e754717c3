import { createReadStream } from 'node:fs';
import { readAuditJson, readExportLine } from '../formats/audit/read-export.js';
import { readProof, type ProofRead } from '../formats/audit/read-proof.js';
import { linesOf, readWhole } from '../formats/ndjson/lines.js';
import { verifyExport, type ShownLine, type VerifiedWith } from '../services/verify-export.js';
import { verifyConsistency, verifyInclusion } from '../services/verify-proof.js';
import { wrongUsage } from './exit-codes.js';
import type { Progress } from './progress.js';
import { auditFigures } from './verify-figures.js';
import type { Verified } from './verify-report.js';
import { errorCodeOf } from '../values/error-code.js';

type Using = VerifiedWith & { readonly tell: Progress['tell'] };

/** The longest line that is read: far longer than the body of any version. */
const LINE_LIMIT = 64 * 1024 * 1024;

const readable = (file: string): AsyncIterable<Uint8Array> => createReadStream(file);

/** Reads on, and names the file where it cannot be read. */
async function* bytesOf(file: string): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* readable(file);
  } catch (error) {
    throw wrongUsage(`${file} cannot be read (${errorCodeOf(error)})`);
  }
}

const shownLine = (bytes: Uint8Array | null): ShownLine =>
  bytes === null ? { kind: 'malformed' } : readExportLine(bytes);

async function* linesIn(
  files: readonly string[],
  tell: Progress['tell'],
): AsyncGenerator<ShownLine, void, void> {
  let read = 0;
  for (const file of files)
    for await (const { bytes } of linesOf(bytesOf(file), LINE_LIMIT)) {
      read += 1;
      tell(() => `${String(read)} lines`);
      if (bytes?.length !== 0) yield shownLine(bytes);
    }
}

const firstLineOf = async (file: string): Promise<ShownLine> => {
  for await (const { bytes } of linesOf(bytesOf(file), LINE_LIMIT)) return shownLine(bytes);
  return { kind: 'malformed' };
};

const exportOf = async (files: readonly string[], { key, kept, tell }: Using): Promise<Verified> => {
  const outcome = await verifyExport(linesIn(files, tell), { key, kept });
  return { what: 'export', name: 'The export', ...auditFigures(outcome) };
};

const inclusionOf = (
  proof: Extract<ProofRead, { kind: 'inclusion' }>,
  using: VerifiedWith,
): Omit<Verified, 'name'> => {
  const { faults, compared } = verifyInclusion(proof, using);
  const { kind, id, at, position } = proof.leaf;
  const opened = Object.keys(proof.parts ?? {}).toSorted();
  const payload =
    opened.length === 0
      ? 'Its payload is not kept any more.'
      : `Opened as committed to: ${opened.join(', ')}.`;
  return {
    what: 'inclusion',
    about: [
      `The ${kind} ${id} of ${at} is entry ${String(position)} of the log of size ${String(proof.size)}.`,
      payload,
    ],
    figures: { id, kind, at, position, size: proof.size, opened },
    compared,
    faults,
    faultCount: faults.length,
  };
};

const consistencyOf = (
  proof: Extract<ProofRead, { kind: 'consistency' }>,
  using: VerifiedWith,
): Omit<Verified, 'name'> => {
  const { faults, compared } = verifyConsistency(proof, using);
  const [from, to] = [proof.from.size, proof.to.size];
  return {
    what: 'consistency',
    about: [`The log of size ${String(to)} begins with the log of size ${String(from)}.`],
    figures: { from, to },
    compared,
    faults,
    faultCount: faults.length,
  };
};

const UNREADABLE: Omit<Verified, 'name'> = {
  what: 'unreadable',
  about: [],
  figures: {},
  compared: 0,
  faults: [{ position: null, code: 'malformed', detail: 'it is no export and no proof' }],
  faultCount: 1,
};

/** What to ask for, where checkpoints were given and the proof is of the size of none: nothing was compared, though whoever gave them may take it that something was. */
const notCompared = (proof: ProofRead, kept: VerifiedWith['kept']): readonly string[] => {
  const sizes = kept.map(({ size }) => size).toSorted((a, b) => a - b);
  const newest = sizes.at(-1);
  if (newest === undefined) return [];
  const fits = proof.kind === 'inclusion' ? sizes.find((size) => size > proof.leaf.position) : undefined;
  return [
    fits === undefined
      ? `None of your checkpoints is of its size: get GET /audit/consistency?from=${String(newest)} and verify that too.`
      : `None of your checkpoints is of its size: ask for the proof with ?size=${String(fits)}, which one of them has.`,
  ];
};

const proofIn = async (file: string, using: VerifiedWith): Promise<Verified> => {
  const bytes = await readWhole(bytesOf(file), LINE_LIMIT);
  const json = bytes === null ? null : readAuditJson(bytes);
  const proof = json === null ? null : readProof(json.value);
  if (proof === null) return { ...UNREADABLE, name: file };
  const verified = proof.kind === 'inclusion' ? inclusionOf(proof, using) : consistencyOf(proof, using);
  const hint = verified.compared === 0 ? notCompared(proof, using.kept) : [];
  // What a proof would show is told only where it does.
  return { ...verified, name: file, about: verified.faultCount === 0 ? [...verified.about, ...hint] : [] };
};

/**
 * Verifies files: the parts of one export in their order, or proofs, each for itself. What they are is told from the first one.
 * @throws CommandError where one cannot be read
 */
export const verifyFiles = async (files: readonly string[], using: Using): Promise<readonly Verified[]> => {
  const [first = ''] = files;
  if ((await firstLineOf(first)).kind === 'head') return [await exportOf(files, using)];
  const verified: Verified[] = [];
  for (const file of files) verified.push(await proofIn(file, using));
  return verified;
};
