import type { Resolution } from '../screening/resolution.js';
import type { Ports } from './ports.js';

/** A resolution as the log keeps it. */
export type StoredResolution = Resolution & {
  readonly id: string;
  readonly decision: string;
  /** RFC 3339, UTC. */
  readonly at: string;
};

const parseResolution: (text: string) => StoredResolution = JSON.parse;

/**
 * Every resolution of a decision, in the order of the log: none is ever overwritten.
 * @throws LogUnavailableError
 */
export const resolutionsOf = async (
  decision: string,
  organisation: string,
  { log }: Pick<Ports, 'log'>,
): Promise<readonly StoredResolution[]> => {
  const entries = await log.find({ name: 'decision', value: decision });
  return entries
    .filter((entry) => entry.kind === 'resolution' && entry.organisation === organisation)
    .flatMap(({ parts }) => (parts.resolution === undefined ? [] : [parseResolution(parts.resolution.body)]));
};
