import { execFileSync } from 'node:child_process';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { MACHINE } from '../../src/machine.js';

const busyFor = (ms: number): void => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

const NOTHING_ELSE_MS = 20_000;

/** A process in which nothing happens for long, but for a pause: says how long that took, in milliseconds. */
const IDLE = `
  const { MACHINE } = await import('./dist/machine.js');
  const begun = performance.now();
  setTimeout(() => undefined, ${String(NOTHING_ELSE_MS)});
  await MACHINE.pause(50);
  process.stdout.write(String(performance.now() - begun));
  process.exit();
`;

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

  it('does not wait for something else to happen', () => {
    const ms = execFileSync(process.execPath, ['--input-type=module', '--eval', IDLE], { encoding: 'utf8' });
    // The engine's own housekeeping wakes such a process after some eight seconds.
    expect(Number(ms)).toBeLessThan(NOTHING_ELSE_MS / 5);
  });
});
