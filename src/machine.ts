import { randomBytes } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import type { Ports } from './services/ports.js';
import { codeFrom } from './values/intake-code.js';

/** What the use cases need of this machine: its clock, its chance, and its timers. */
export const MACHINE: Pick<Ports, 'clock' | 'chance' | 'pause'> = {
  clock: () => ({ epochMs: Date.now(), offsetMinutes: 0 }),
  chance: {
    newId: () => newId(),
    newSalt: () => randomBytes(32).toString('hex'),
    newCode: () => codeFrom(randomBytes(12)),
  },
  // After a time in which the process was busy, timers come before what has arrived meanwhile: whoever waits for that, but no longer than a pause, is to see it first.
  // That turn must count as work to do (`ref`), or a process with nothing else to do would sleep before it.
  pause: async (ms) => {
    await setTimeout(ms, undefined, { ref: false });
    await setImmediate();
  },
};
