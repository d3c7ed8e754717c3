import { answerOf, partOf } from './entries.js';
import type { Ports } from './ports.js';

/** A stored decision: the answer as it was sent and every rule with its truth, each as canonical JSON. */
export type StoredDecision = { readonly answer: string; readonly findings: string };

/**
 * Finds a decision of an organisation. One of another organisation is not found, just like one that never was.
 * @throws LogUnavailableError
 */
export const findDecision = async (
  id: string,
  organisation: string,
  { log }: Pick<Ports, 'log'>,
): Promise<StoredDecision | null> => {
  const entry = await log.load(id, 'decision');
  if (entry?.organisation !== organisation) return null;
  return { answer: answerOf(entry), findings: partOf(entry, 'findings') };
};
