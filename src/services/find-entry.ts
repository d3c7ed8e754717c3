import type { Entry } from '../log/entry.js';
import type { Ports } from './ports.js';

/**
 * Finds the entry of a decision of an organisation. One of another organisation is not found, just like one that never was.
 * @throws LogUnavailableError
 */
export const findEntry = async (
  id: string,
  organisation: string,
  { log }: Pick<Ports, 'log'>,
): Promise<Entry | null> => {
  const entry = await log.load(id, 'decision');
  return entry?.organisation === organisation ? entry : null;
};
