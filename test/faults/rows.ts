import type { Row } from './row.js';
import { backedUp } from './rows/backup.js';
import { diskFull } from './rows/disk-full.js';
import { fileSizeLimit } from './rows/file-size-limit.js';
import { flippedBits } from './rows/flipped-bits.js';
import { fsyncOrder } from './rows/fsync-order.js';
import { HELD, HELD_AT_NIGHT } from './rows/held.js';
import { ioErrors } from './rows/io-errors.js';
import { keyTiming } from './rows/key-timing.js';
import { killed } from './rows/kill.js';
import { killedAtStart } from './rows/kill-at-start.js';
import { locked } from './rows/locked.js';
import { otherClock } from './rows/other-clock.js';
import { overload } from './rows/overload.js';
import { readOnly } from './rows/read-only.js';
import { slowClients } from './rows/slow-clients.js';
import { soak } from './rows/soak.js';

/** What blocks a release. */
export const GATE: readonly Row[] = [killed, fsyncOrder, diskFull, fileSizeLimit, readOnly, locked, ...HELD];

/** What is run at night: all of it, and what takes longer. */
export const NIGHTLY: readonly Row[] = [
  ...GATE,
  ioErrors,
  flippedBits,
  killedAtStart,
  slowClients,
  otherClock,
  overload,
  backedUp,
  soak,
  keyTiming,
  ...HELD_AT_NIGHT,
];
