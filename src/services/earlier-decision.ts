import type { Issue } from '../values/issue.js';
import type { Intake } from '../screening/intake.js';
import type { Ports } from './ports.js';

/**
 * What is wrong with the decision that an intake takes the place of: there must be one of the same organisation, where it names any.
 * @throws LogUnavailableError
 */
export const judgeEarlier = async (
  { supersedes }: Intake,
  organisation: string,
  { log }: Pick<Ports, 'log'>,
): Promise<readonly Issue[]> => {
  if (supersedes === null) return [];
  const earlier = await log.load(supersedes, 'decision');
  return earlier?.organisation === organisation
    ? []
    : [{ pointer: '/supersedes', code: 'unknown-decision', detail: 'there is no such decision' }];
};
