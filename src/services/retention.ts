import type { Instant } from '../values/instant.js';
import { entryTime } from './entries.js';
import { erasureEntry, type ErasurePorts } from './erase.js';
import type { EntryPlace } from './ports.js';

/** So many entries are erased at once: a writer waits for that, and no longer. */
const AT_ONCE = 200;

const DAY_MS = 86_400_000;

const daysBefore = ({ epochMs }: Instant, days: number): Instant => ({
  epochMs: epochMs - days * DAY_MS,
  offsetMinutes: 0,
});

const byOrganisation = (places: readonly EntryPlace[]): readonly (readonly [string, readonly number[]])[] =>
  [...new Set(places.map(({ organisation }) => organisation))].map((organisation) => [
    organisation,
    places
      .filter((place) => place.organisation === organisation)
      .map(({ position }) => position)
      .toSorted((a, b) => a - b),
  ]);

/**
 * Erases what was kept of patients for longer than so many days. What the log says of it, and every proof, stays; an entry says what was erased. Rule sets and who approved
 * them are kept for ever.
 * @returns how many entries were erased
 * @throws LogUnavailableError where it could not be done to the end: what was erased until then stays so
 */
export const eraseOld = async (days: number, ports: ErasurePorts): Promise<number> => {
  const before = entryTime(daysBefore(ports.clock(), days));
  let count = 0;
  for (;;) {
    const old = await ports.log.expired({ before, limit: AT_ONCE });
    if (old.length === 0) return count;
    for (const [organisation, positions] of byOrganisation(old)) {
      const content = { organisation, at: ports.clock(), cause: 'age', positions } as const;
      const entry = erasureEntry({ ...content, by: null, role: null, reason: null }, ports);
      await ports.log.erase({ entry, positions, thorough: false });
    }
    count += old.length;
  }
};
