import type { Ports } from './ports.js';

/**
 * The ids of the decisions that were made in place of one, in the order of the log. Nothing of them is opened: it does not matter whether their payloads
 * were erased or damaged.
 * @throws LogUnavailableError
 */
export const supersedingOf = async (
  decision: string,
  organisation: string,
  { log }: Pick<Ports, 'log'>,
): Promise<readonly string[]> => {
  const entries = await log.page({
    organisation,
    has: { name: 'supersedes', value: decision },
    also: [],
    from: null,
    to: null,
    after: -1,
    limit: Number.MAX_SAFE_INTEGER,
    parts: [],
  });
  return entries.map(({ id }) => id);
};
