import type { Entry } from '../log/entry.js';
import type { Ports } from './ports.js';
import { resolutionsOf, type StoredResolution } from './resolutions.js';
import { answerOf, findingsOf } from './stored-decision.js';

/**
 * A stored decision: the answer as it was sent and every rule with its truth, each as canonical JSON, and what clinicians decided on it since.
 */
export type StoredDecision = {
  readonly answer: string;
  readonly findings: string;
  readonly resolutions: readonly StoredResolution[];
};

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

/**
 * Finds a decision of an organisation, as it was stored.
 * @throws LogUnavailableError
 */
export const findDecision = async (
  id: string,
  organisation: string,
  ports: Pick<Ports, 'log'>,
): Promise<StoredDecision | null> => {
  const entry = await findEntry(id, organisation, ports);
  if (entry === null) return null;
  return {
    answer: answerOf(entry),
    findings: findingsOf(entry),
    resolutions: await resolutionsOf(id, organisation, ports),
  };
};
