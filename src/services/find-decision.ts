import { answerOf } from './entries.js';
import { findKept } from './kept-decision.js';
import type { Ports } from './ports.js';
import { resolutionsOf } from './resolutions.js';
import { findingsOf } from './stored-decision.js';
import { supersedingOf } from './superseding.js';

/**
 * A stored decision: the answer as it was sent and every rule with its truth, and what clinicians decided on it since,
 * all as canonical JSON; and the ids of the decisions that were made in place of it, in the order of the log.
 */
export type StoredDecision = {
  readonly answer: string;
  readonly findings: string;
  readonly resolutions: readonly string[];
  readonly supersededBy: readonly string[];
};

/**
 * Finds a decision of an organisation, as it was stored.
 * @throws ErasedError where it was erased, LogUnavailableError
 */
export const findDecision = async (
  id: string,
  organisation: string,
  ports: Pick<Ports, 'log' | 'signer'>,
): Promise<StoredDecision | null> => {
  const entry = await findKept(id, organisation, ports);
  if (entry === null) return null;
  const [resolutions, supersededBy] = await Promise.all([
    resolutionsOf(id, organisation, ports),
    supersedingOf(id, organisation, ports),
  ]);
  return { answer: answerOf(entry), findings: findingsOf(entry), resolutions, supersededBy };
};
