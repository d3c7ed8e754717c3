import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../src/log/checkpoint.js';
import { verifierKeyOf } from '../../src/log/verifier-key.js';
import type { DecisionLog } from '../../src/services/ports.js';
import { verifyDatabase } from '../../src/services/verify-database.js';
import { verifyExport } from '../../src/services/verify-export.js';
import { bindKeys, openDatabase } from '../../src/storage/open-database.js';
import { tellFigures } from '../support/figures.js';
import { exportedLines, shownLines } from '../support/exported-log.js';
import { madeLog } from '../support/made-log.js';
import { KEY_CHECKS, rawOn, SIGNER, subjectHash } from '../support/sqlite.js';

const KEY = verifierKeyOf(SIGNER.name, SIGNER.publicKey);

const ORGANISATIONS = ['local', 'north', 'service'];

type Made = { readonly organisations: readonly number[]; readonly kept: readonly number[] };

const logs: fc.Arbitrary<Made> = fc.record({
  organisations: fc.array(fc.nat({ max: 2 }), { maxLength: 30 }),
  kept: fc.array(fc.nat({ max: 30 }), { maxLength: 4 }),
});

const keptOf = async (log: DecisionLog, sizes: readonly number[]): Promise<readonly Checkpoint[]> => {
  const heads = await Promise.all(sizes.map((size) => log.head(size)));
  return heads.flatMap((head) => (head === null ? [] : [{ ...head, origin: SIGNER.name }]));
};

const judge = async ({ organisations, kept }: Made): Promise<void> => {
  const connection = openDatabase(':memory:');
  try {
    bindKeys(connection, KEY_CHECKS);
    const log = await madeLog(connection, organisations.length, (number) =>
      String(ORGANISATIONS[organisations[number] ?? 0]),
    );
    const checkpoints = await keptOf(log, kept);
    const outcome = verifyDatabase(rawOn(connection), { subjectHash, kept: checkpoints });
    expect(outcome).toMatchObject({
      size: organisations.length,
      faultCount: 0,
      faults: [],
      checkpoints: checkpoints.length,
    });
    const lines = await exportedLines(log, { organisation: 'north', from: 0, size: null });
    const exported = await verifyExport(shownLines(lines), { key: KEY, kept: checkpoints });
    expect(exported).toMatchObject({
      faultCount: 0,
      root: outcome.root,
      withheld: organisations.filter((organisation) => organisation === 0).length,
    });
  } finally {
    connection.close();
  }
};

const RUNS = 1000;

describe('a log that nobody touched', () => {
  it('raises no false alarm, 1,000 times, neither as a database nor as an export', async () => {
    await fc.assert(fc.asyncProperty(logs, judge), { numRuns: RUNS });
    tellFigures({ inputs: RUNS });
  }, 120_000);
});
