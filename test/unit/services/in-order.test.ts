import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder } from '../../../src/services/in-order.js';

/** A source of whole numbers from 0, which tells how many were taken from it. */
const counting = (
  count: number,
): { readonly source: AsyncGenerator<number>; readonly taken: () => number } => {
  let taken = 0;
  async function* source(): AsyncGenerator<number> {
    while (taken < count) {
      taken += 1;
      yield await Promise.resolve(taken - 1);
    }
  }
  return { source: source(), taken: () => taken };
};

const gather = async <T>(results: AsyncIterable<T>): Promise<readonly T[]> => {
  const all: T[] = [];
  for await (const result of results) all.push(result);
  return all;
};

const never = (): boolean => false;

describe('what is run in order', () => {
  it('gives every result once, in the order of the source, however long each takes', async () => {
    const shape = fc.tuple(fc.array(fc.nat(5), { maxLength: 40 }), fc.integer({ min: 1, max: 8 }));
    await fc.assert(
      fc.asyncProperty(shape, async ([times, limit]) => {
        let running = 0;
        let most = 0;
        const run = async (index: number): Promise<number> => {
          running += 1;
          most = Math.max(most, running);
          await setTimeout(times[index]);
          running -= 1;
          return index;
        };
        const results = await gather(inOrder(counting(times.length).source, { limit, run, isLast: never }));
        expect(results).toEqual(times.map((_, index) => index));
        expect(most).toBeLessThanOrEqual(limit);
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it('gives a result as soon as it is there, while the source gives nothing more', async () => {
    async function* source(): AsyncGenerator<number> {
      yield 1;
      await new Promise(() => undefined);
    }
    const results = inOrder(source(), { limit: 4, run: (n) => Promise.resolve(n), isLast: never });
    expect(await results.next()).toEqual({ done: false, value: 1 });
  });

  it('takes no more than it may run, while nobody takes its results', async () => {
    const { source, taken } = counting(100);
    const results = inOrder(source, { limit: 5, run: (n) => Promise.resolve(n), isLast: never });
    await results.next();
    await setTimeout(20);
    expect(taken()).toBeLessThanOrEqual(6);
  });

  it('takes nothing more after the last result, and still gives those that were begun', async () => {
    const { source, taken } = counting(100);
    const isLast = (n: number): boolean => n === 2;
    const results = await gather(inOrder(source, { limit: 5, run: (n) => Promise.resolve(n), isLast }));
    expect(results.slice(0, 3)).toEqual([0, 1, 2]);
    expect(results).toEqual(results.map((_, index) => index));
    expect(taken()).toBeLessThanOrEqual(9);
  });

  it('fails where its source fails', async () => {
    async function* source(): AsyncGenerator<number> {
      yield await Promise.resolve(1);
      throw new Error('cut');
    }
    const results = inOrder(source(), { limit: 2, run: (n) => Promise.resolve(n), isLast: never });
    await expect(gather(results)).rejects.toThrow('cut');
  });
});
