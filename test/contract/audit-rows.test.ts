import { beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../src/log/checkpoint.js';
import { GrowingTree } from '../../src/log/growing-tree.js';
import { leafTextOf } from '../../src/log/leaf.js';
import { leafHashOf } from '../../src/log/merkle-tree.js';
import type { Connection } from '../../src/storage/open-database.js';
import { madeLog } from '../support/made-log.js';
import { boundConnection, logOn, rawOn, SIGNER } from '../support/sqlite.js';
import { audit, firstOf, followAnew, tampered, tamperedLog } from '../support/tampered.js';

const COUNT = 200;

const headsOf = async (connection: Connection, sizes: readonly number[]): Promise<readonly Checkpoint[]> => {
  const log = logOn(connection);
  const heads = await Promise.all(sizes.map((size) => log.head(size)));
  return heads.filter((head) => head !== null).map(({ size, root }) => ({ origin: SIGNER.name, size, root }));
};

const allSizes = Array.from({ length: COUNT + 1 }, (_, size) => size);

let connection: Connection;

beforeAll(async () => {
  connection = await tamperedLog(COUNT);
});

const POSITIONS = [0, 1, 7, 63, 64, 100, 150, 198] as const;

describe('a log that lost or gained a row', () => {
  it.each(POSITIONS)('entry %i dropped from the log is named', (position) => {
    const outcome = tampered(connection, () => {
      connection.exec(`DELETE FROM log WHERE position = ${String(position)}`);
    });
    expect(firstOf(outcome)).toMatchObject({ position, code: 'position-missing' });
    expect(outcome.size).toBe(COUNT);
  });

  it.each(POSITIONS)('entry %i dropped from every table is named', (position) => {
    const outcome = tampered(connection, () => {
      for (const table of ['log', 'payload', 'payload_key', 'lookup', 'idempotency'])
        connection.exec(`DELETE FROM ${table} WHERE position = ${String(position)}`);
    });
    expect(firstOf(outcome)).toMatchObject({ position, code: 'position-missing' });
  });

  it.each(['payload', 'payload_key', 'lookup'])('a row dropped from %s is named', (table) => {
    for (const position of POSITIONS) {
      const outcome = tampered(connection, () => {
        connection.exec(
          `DELETE FROM ${table} WHERE position = ${String(position)}${table === 'payload' ? ` AND part = 'answer'` : ''}`,
        );
      });
      expect(firstOf(outcome)?.position).toBe(position);
    }
  });

  it('a whole payload that is gone without an erasure is named', () => {
    const outcome = tampered(connection, () => {
      for (const table of ['payload', 'payload_key', 'lookup', 'idempotency'])
        connection.exec(`DELETE FROM ${table} WHERE position = 42`);
    });
    expect(firstOf(outcome)).toMatchObject({ position: 42, code: 'payload-missing' });
  });

  it('a row that was put behind the last one is named', () => {
    const outcome = tampered(connection, () => {
      connection.exec(
        `INSERT INTO log SELECT ${String(COUNT)}, 'made-up', at, organisation, kind, rule_set_hash, commitments FROM log WHERE position = 5`,
      );
    });
    expect(firstOf(outcome)?.position).toBe(COUNT);
  });

  it.each([-1, -1000, 5_000_000_000])('a row that was put at position %i is found', (position) => {
    const outcome = tampered(connection, () => {
      connection.exec(
        `INSERT INTO log SELECT ${String(position)}, 'made-up', at, organisation, kind, rule_set_hash, commitments FROM log WHERE position = 5`,
      );
    });
    expect(firstOf(outcome)?.code).toBe('row-unexpected');
  });

  it.each([10, 100])(
    'a row that was put in between at %i, with those behind it moved, is named',
    (position) => {
      const outcome = tampered(connection, () => {
        connection.exec(`UPDATE log SET position = -position - 2 WHERE position >= ${String(position)}`);
        connection.exec(`UPDATE log SET position = -position - 1 WHERE position < 0`);
        connection.exec(
          `INSERT INTO log SELECT ${String(position)}, 'made-up', at, organisation, kind, rule_set_hash, commitments FROM log WHERE position = 5`,
        );
      });
      expect(firstOf(outcome)?.position).toBe(position);
    },
  );

  it.each([
    [3, 4],
    [20, 180],
    [0, 199],
  ])('entries %i and %i that changed places are named', (a, b) => {
    const outcome = tampered(connection, () => {
      connection.exec(`UPDATE log SET position = -1000 WHERE position = ${String(a)}`);
      connection.exec(`UPDATE log SET position = ${String(a)} WHERE position = ${String(b)}`);
      connection.exec(`UPDATE log SET position = ${String(b)} WHERE position = -1000`);
    });
    expect(firstOf(outcome)?.position).toBe(a);
  });

  it('payloads that changed places are named', () => {
    const outcome = tampered(connection, () => {
      for (const table of ['payload', 'payload_key'])
        for (const [from, to] of [
          [8, -1],
          [90, 8],
          [-1, 90],
        ])
          connection.exec(`UPDATE ${table} SET position = ${String(to)} WHERE position = ${String(from)}`);
    });
    expect(firstOf(outcome)).toMatchObject({ position: 8, code: 'payload-damaged' });
  });
});

const cutTo = (size: number): void => {
  for (const table of ['log', 'payload', 'payload_key', 'lookup', 'idempotency'])
    connection.exec(`DELETE FROM ${table} WHERE position >= ${String(size)}`);
  connection.exec(`DELETE FROM tree WHERE ((place + 1) << level) > ${String(size)}`);
  followAnew(connection);
};

describe('a log whose end was cut off, without a trace', () => {
  it.each([0, 1, 64, 150, 199])('at %i shows against a checkpoint that was kept', async (size) => {
    const kept = await headsOf(connection, [COUNT]);
    const outcome = tampered(
      connection,
      () => {
        cutTo(size);
      },
      kept,
    );
    expect(outcome.faults).toMatchObject([{ position: size, code: 'cut' }]);
  });

  it('does not show without one: that is why they are kept', () => {
    const outcome = tampered(connection, () => {
      cutTo(150);
    });
    expect(outcome.faultCount).toBe(0);
  });
});

/** Says another time in an entry, and makes every hash of the tree again that follows from it. */
const rechainFrom = (position: number): void => {
  connection.exec(`UPDATE log SET at = '2019-01-01T00:00:00.000Z' WHERE position = ${String(position)}`);
  followAnew(connection);
  connection.exec('DELETE FROM tree');
  const insert = connection.prepare('INSERT INTO tree (level, place, hash) VALUES (?, ?, ?)');
  const tree = new GrowingTree();
  for (const { leaf } of rawOn(connection).entries())
    if (leaf !== null)
      for (const { level, index, hash } of tree.add(leafHashOf(leafTextOf(leaf))))
        insert.run(level, index, hash);
};

/** A log that says something else, made by someone who has every key. The salts are drawn anew, so no entry is as it was. */
const rewritten = async (): Promise<Connection> => {
  const other = boundConnection();
  await madeLog(other, COUNT);
  return other;
};

describe('a log that was written anew, with every hash made again', () => {
  it('holds in itself, for there is nothing else to compare it with', async () => {
    expect(audit(await rewritten()).faultCount).toBe(0);
  });

  it('shows against one checkpoint that was kept', async () => {
    const kept = await headsOf(connection, [COUNT]);
    const outcome = audit(await rewritten(), kept);
    expect(outcome.faults).toMatchObject([{ position: 0, upTo: COUNT - 1, code: 'rewritten' }]);
  });

  it('is named to the entry where a checkpoint was kept of every size', async () => {
    const kept = await headsOf(connection, allSizes);
    const outcome = audit(await rewritten(), kept);
    expect(firstOf(outcome)).toEqual({
      position: 0,
      code: 'rewritten',
      detail: 'the log has another root at the size 1 than the checkpoint that was kept',
    });
  });

  it.each([1, 77, 128, 199])('from entry %i on is named to the entry', async (from) => {
    const kept = await headsOf(connection, allSizes);
    const outcome = tampered(
      connection,
      () => {
        rechainFrom(from);
      },
      kept,
    );
    expect(firstOf(outcome)).toMatchObject({ position: from, code: 'rewritten' });
    expect(outcome.faultCount).toBe(1);
  });

  it('lies between the last checkpoint that fits and the first that does not, where few were kept', async () => {
    const kept = await headsOf(connection, [50, 60, 110, 150]);
    const outcome = tampered(
      connection,
      () => {
        rechainFrom(77);
      },
      kept,
    );
    expect(firstOf(outcome)).toMatchObject({ position: 60, upTo: 109, code: 'rewritten' });
  });
});

const FOLLOWED: readonly (readonly [string, string, string])[] = [
  ['span', 'dropped', 'DELETE FROM span'],
  ['span', 'moved', 'UPDATE span SET block = block + 1'],
  ['span', 'narrowed at its beginning', 'UPDATE span SET earliest = latest'],
  ['span', 'narrowed at its end', 'UPDATE span SET latest = earliest'],
  ['span', 'made up', `INSERT INTO span VALUES (7, '2030-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z')`],
  ['outcome', 'dropped', `DELETE FROM outcome WHERE choice = 'none'`],
  ['outcome', 'of another choice', `UPDATE outcome SET choice = 'decline' WHERE choice = 'none'`],
  ['outcome', 'of another organisation', `UPDATE outcome SET organisation = 'other'`],
  ['outcome', 'made up', `INSERT INTO outcome VALUES ('local', 'proceed', 0)`],
];

describe('what is followed instead of the log', () => {
  it.each(FOLLOWED)('%s: a row that is %s is found, though it belongs to no entry', (table, _, sql) => {
    const outcome = tampered(connection, () => {
      expect(connection.prepare(sql).run().changes).toBeGreaterThan(0);
    });
    expect(outcome.faults).toMatchObject([
      { position: null, code: 'lookup-differs', detail: expect.stringContaining(table) as string },
    ]);
  });
});
