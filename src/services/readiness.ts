import type { Ports } from './ports.js';
import { listRuleSets } from './rule-sets.js';
import type { Rulebooks } from './rulebooks.js';

/** Why the service cannot screen now, in words, or null where it can. Never throws. */
export const whyNotReadyIn = async (
  { log }: Pick<Ports, 'log'>,
  rulebooks: Pick<Rulebooks, 'latest'>,
): Promise<string | null> => {
  if (!(await log.isReady())) return 'the decision log cannot be used';
  const book = await rulebooks.latest();
  // A set of which nothing may screen is not one of this service: the log alone still tells of it.
  const unusable = listRuleSets(book).find(
    ({ inForce, versions }) => inForce === null && versions.some(book.mayScreen),
  );
  return unusable === undefined
    ? null
    : `the version of ${unusable.id} in force cannot be used by this service`;
};
