import { describe, expect, it } from 'vitest';
import { counted } from '../../../src/storage/log-channel.js';
import type { LogReply } from '../../../src/storage/log-requests.js';

const FAILED: LogReply = { ask: 'failed', code: 'a-test' };

describe('a counted channel', () => {
  it('counts what waits for its reply, and no longer once it came or failed', async () => {
    const held: ((reply: LogReply | Error) => void)[] = [];
    const channel = counted({
      ask: () =>
        new Promise((resolve, reject) => {
          held.push((reply) => (reply instanceof Error ? reject(reply) : resolve(reply)));
        }),
      close: () => Promise.resolve(),
    });
    const asked = [1, 2, 3].map(() => channel.ask({ ask: 'probe' }));
    expect(channel.waiting()).toBe(3);
    held[0]?.(FAILED);
    expect(await asked[0]).toEqual(FAILED);
    expect(channel.waiting()).toBe(2);
    held[1]?.(new Error('the channel is broken'));
    await expect(asked[1]).rejects.toThrow();
    expect(channel.waiting()).toBe(1);
    held[2]?.(FAILED);
    await asked[2];
    expect(channel.waiting()).toBe(0);
  });
});
