import type { Entry } from '../log/entry.js';
import type { Ports } from './ports.js';

/** A stored decision: the answer as it was sent and every rule with its truth, each as canonical JSON. */
export type StoredDecision = { readonly answer: string; readonly findings: string };

const partOf = (entry: Entry, name: string): string => {
  const part = entry.parts[name];
  if (part === undefined)
    throw new Error(`decision at position ${String(entry.position)} has no part \`${name}\``);
  return part.body;
};

/** The answer of a decision as it was sent, as canonical JSON. */
export const answerOf = (decision: Entry): string => partOf(decision, 'answer');

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
