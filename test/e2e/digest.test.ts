import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const FIXTURE = 'test/e2e/digests.json';

const digests = (node: string, seed: string | null, timeZone: string): unknown =>
  JSON.parse(
    execFileSync(node, ['test/support/digest.mjs', ...(seed === null ? [] : [seed])], {
      encoding: 'utf8',
      env: { ...process.env, TZ: timeZone },
    }),
  );

if (process.env.UPDATE_EXAMPLES === '1')
  writeFileSync(FIXTURE, `${JSON.stringify(digests(process.execPath, null, 'UTC'), null, 2)}\n`);

const expected: unknown = JSON.parse(readFileSync(FIXTURE, 'utf8'));

describe('the digest of an answer is the one that is committed', () => {
  it.each(['UTC', 'America/New_York', 'Pacific/Auckland'])(
    'in a process of its own, in the time zone %s',
    (zone) => {
      expect(digests(process.execPath, null, zone)).toEqual(expected);
    },
  );

  it.each(['1', '2', '3'])('with the keys, readings and codes of the intake permuted (seed %s)', (seed) => {
    expect(digests(process.execPath, seed, 'Pacific/Kiritimati')).toEqual(expected);
  });

  it('on Node 24', (context) => {
    const node = process.env.NODE24;
    if (node === undefined) context.skip('NODE24 names no Node 24: .ci/run installs one');
    else expect(digests(node, '4', 'Pacific/Pago_Pago')).toEqual(expected);
  });
});
