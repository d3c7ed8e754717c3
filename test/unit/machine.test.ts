import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { MACHINE } from '../../src/machine.js';

const busyFor = (ms: number): void => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

describe('a pause', () => {
  it('ends after what has arrived while the process was busy', async () => {
    const { port1, port2 } = new MessageChannel();
    const arrived = new Promise<string>((resolve) => {
      port2.once('message', resolve);
    });
    const late = MACHINE.pause(10).then(() => 'late');
    port1.postMessage('in time');
    busyFor(50);
    expect(await Promise.race([arrived, late])).toBe('in time');
    expect(await late).toBe('late');
    port1.close();
  });
});
