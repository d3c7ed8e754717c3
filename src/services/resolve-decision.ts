import type { Entry, NewEntry } from '../log/entry.js';
import type { Resolution } from '../screening/resolution.js';
import { failure, success, type Result } from '../values/result.js';
import { entryTime, saltedPart } from './entries.js';
import { findEntry } from './find-decision.js';
import type { Ports } from './ports.js';
import type { StoredResolution } from './resolutions.js';
import { answerOf } from './stored-decision.js';

const parseVerdict: (text: string) => { readonly verdict: string } = JSON.parse;

const verdictOf = (decision: Entry): string => parseVerdict(answerOf(decision)).verdict;

const lacksReason = ({ choice, reason }: Resolution, decision: Entry): boolean =>
  choice === 'proceed' && reason === null && verdictOf(decision) === 'ineligible';

const entryOf = (resolution: StoredResolution, decision: Entry, { chance }: Ports): NewEntry => ({
  id: resolution.id,
  at: resolution.at,
  organisation: decision.organisation,
  kind: 'resolution',
  ruleSetHash: decision.ruleSetHash,
  parts: { resolution: saltedPart(resolution, chance) },
  lookups: [{ name: 'decision', value: decision.id }],
});

/**
 * Writes what a clinician decided on a screening to the log. Several may follow each other; none takes the place of another.
 * @returns the resolution as it is kept, every fault in it, or null where there is no such decision
 * @throws LogUnavailableError where it could not be made durable
 */
export const resolveDecision = async (
  id: string,
  organisation: string,
  { resolution, ports }: { readonly resolution: Resolution; readonly ports: Ports },
): Promise<Result<StoredResolution> | null> => {
  const decision = await findEntry(id, organisation, ports);
  if (decision === null) return null;
  if (lacksReason(resolution, decision))
    return failure([
      {
        pointer: '/reason',
        code: 'missing-key',
        detail: 'to proceed although the screening says ineligible takes a reason in words',
      },
    ]);
  const stored = { ...resolution, id: ports.chance.newId(), decision: id, at: entryTime(ports.clock()) };
  await ports.log.append([entryOf(stored, decision, ports)]);
  return success(stored);
};
