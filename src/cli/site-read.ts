import { LogUnavailableError, type Ports } from '../services/ports.js';
import { loadRules } from './load-rules.js';
import type { Site } from './site-event.js';
import { cannotUse, openSite } from './site-log.js';

/**
 * Reads the log of a service, whether it runs or not, and writes nothing to it.
 * @throws CommandError where the rules or the database cannot be used
 */
export const readOnSite = async <T>(
  { rulesDir, dataDir }: Site,
  read: (ports: Ports) => Promise<T>,
): Promise<T> => {
  const ports = openSite(dataDir, loadRules(rulesDir));
  try {
    return await read(ports);
  } catch (error) {
    throw error instanceof LogUnavailableError ? cannotUse(error.message) : error;
  } finally {
    await ports.log.close();
  }
};
