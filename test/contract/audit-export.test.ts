import { beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../src/log/checkpoint.js';
import { leafTextOf, type Leaf } from '../../src/log/leaf.js';
import { leafHashOf } from '../../src/log/merkle-tree.js';
import type { AuditOutcome } from '../../src/log/log-audit.js';
import type { DecisionLog } from '../../src/services/ports.js';
import { verifyExport } from '../../src/services/verify-export.js';
import { bindKeys, openDatabase } from '../../src/storage/open-database.js';
import { exportedLines, shownLines } from '../support/exported-log.js';
import { madeLog } from '../support/made-log.js';
import { keyOf, signerNo } from '../support/note-signers.js';
import { KEY_CHECKS, SIGNER } from '../support/sqlite.js';
import { firstOf } from '../support/tampered.js';

const COUNT = 40;

const KEY = keyOf(SIGNER);

let log: DecisionLog;

let lines: readonly string[];

beforeAll(async () => {
  const connection = openDatabase(':memory:');
  bindKeys(connection, KEY_CHECKS);
  log = await madeLog(connection, COUNT, (number) => (number % 5 === 2 ? 'north' : 'local'));
  lines = await exportedLines(log, { organisation: 'local', from: 0, size: null });
});

const verify = (shown: readonly string[], kept: readonly Checkpoint[] = []): Promise<AuditOutcome> =>
  verifyExport(shownLines(shown), { key: KEY, kept });

const withLine = (index: number, change: (line: string) => string): readonly string[] =>
  lines.map((line, at) => (at === index ? change(line) : line));

const codes = ({ faults }: AuditOutcome): readonly string[] => faults.map(({ code }) => code);

describe('an export', () => {
  it('holds with the public key alone, though other organisations are told by their hashes', async () => {
    expect(await verify(lines)).toMatchObject({ size: COUNT, opened: 32, withheld: 8, faultCount: 0 });
    expect(lines.join('\n')).not.toContain('north');
  });

  it('agrees with checkpoints that were kept, and does not where one has another root', async () => {
    const heads = await Promise.all([0, 7, 32, COUNT].map((size) => log.head(size)));
    const kept = heads.flatMap((head) => (head === null ? [] : [{ ...head, origin: SIGNER.name }]));
    expect(await verify(lines, kept)).toMatchObject({ faultCount: 0, checkpoints: 4 });
    const other = kept.map((head) => (head.size === 32 ? { ...head, root: 'a'.repeat(64) } : head));
    expect((await verify(lines, other)).faults).toMatchObject([{ position: 7, upTo: 31, code: 'rewritten' }]);
    const longer = [{ origin: SIGNER.name, size: 50, root: 'b'.repeat(64) }];
    expect((await verify(lines, longer)).faults).toMatchObject([{ position: COUNT, code: 'cut' }]);
  });

  it('of another log is refused', async () => {
    for (const other of [signerNo(5), signerNo(5, SIGNER.name)]) {
      const outcome = await verifyExport(shownLines(lines), { key: keyOf(other), kept: [] });
      expect(codes(outcome)).toEqual(['not-signed']);
    }
  });

  it('does not hold with any character of any entry changed', async () => {
    let tried = 0;
    for (const [index, line] of lines.entries())
      for (let at = index; at < line.length; at += 97) {
        const changed = `${line.slice(0, at)}${line.charAt(at) === '1' ? '2' : '1'}${line.slice(at + 1)}`;
        const outcome = await verify(withLine(index, () => changed));
        if (outcome.faultCount === 0)
          // What a reader may read as it likes: the name of the organisation in the head is a remark.
          expect([index, line.slice(0, at)]).toEqual([0, expect.stringContaining('"organisation":')]);
        tried += 1;
      }
    expect(tried).toBeGreaterThan(400);
  });

  it.each([1, 2, 20, COUNT])('names the entry of line %i where its payload is another', async (index) => {
    const outcome = await verify(withLine(index, (line) => line.replace(/"salt":"./g, '"salt":"0')));
    expect(firstOf(outcome)).toMatchObject({ position: index - 1, code: 'part-changed' });
  });

  it.each([
    ['dropped', (at: number) => lines.filter((_, index) => index !== at)],
    ['doubled', (at: number) => lines.flatMap((line, index) => (index === at ? [line, line] : [line]))],
    [
      'swapped with the next',
      (at: number) =>
        lines.map((line, index) =>
          index === at ? (lines[at + 1] ?? '') : index === at + 1 ? (lines[at] ?? '') : line,
        ),
    ],
  ])('with a line %s does not hold', async (_what, change) => {
    for (const at of [1, 2, 9, 33, COUNT]) expect((await verify(change(at))).faultCount).toBeGreaterThan(0);
  });

  it('whose entry was changed with its hash has another root than its checkpoint', async () => {
    const rewritten = (line: string): string => {
      const entry = JSON.parse(line) as { readonly leaf: Leaf };
      const leaf = { ...entry.leaf, at: '2020-01-01T00:00:00.000Z' };
      return JSON.stringify({ ...entry, leaf, leafHash: leafHashOf(leafTextOf(leaf)) });
    };
    const outcome = await verify(withLine(4, rewritten));
    expect(codes(outcome)).toEqual(['other-root']);
  });

  it('whose payload is gone is told from one that was erased', async () => {
    const outcome = await verify(withLine(1, (line) => line.replace(/"parts":\{.*\}\}$/, '"parts":null}')));
    expect(outcome.faults).toMatchObject([{ position: 0, code: 'payload-missing' }]);
  });

  it('that was cut says where to go on, and holds with the rest behind it', async () => {
    const cut = lines.slice(0, 18);
    expect((await verify(cut)).faults).toMatchObject([
      { position: 17, code: 'incomplete', detail: expect.stringContaining('from=17&size=40') as string },
    ]);
    const rest = await exportedLines(log, { organisation: 'local', from: 17, size: COUNT });
    expect(await verify([...cut, ...rest])).toMatchObject({ faultCount: 0, size: COUNT });
    const half = String(lines[18]).slice(0, 40);
    expect(await verify([...cut, half, ...rest])).toMatchObject({ faultCount: 0, size: COUNT });
  });

  it.each([
    ['a rest that begins later', { from: 20, size: COUNT }],
    ['a rest that begins earlier', { from: 12, size: COUNT }],
    ['a rest of another size', { from: 17, size: 39 }],
  ])('that was cut does not hold with %s', async (_what, part) => {
    const rest = await exportedLines(log, { organisation: 'local', ...part });
    expect(codes(await verify([...lines.slice(0, 18), ...rest]))).toContain('incomplete');
  });

  it('with lines that are none, with nothing in it, or with more behind its end does not hold', async () => {
    const end = String(lines.at(-1));
    for (const shown of [
      [],
      ['{}'],
      [...lines.slice(0, 5), 'x', 'y', ...lines.slice(5)],
      [...lines.slice(0, 5), 'x', ...lines.slice(5)],
      [...lines, end],
      [...lines.slice(0, -1), end.replace('"entries":40', '"entries":39')],
      [...lines.slice(0, -1), end.replace('"opened":32', '"opened":31')],
      [...lines.slice(0, 30), end],
    ])
      expect((await verify(shown)).faultCount).toBeGreaterThan(0);
  });
});
