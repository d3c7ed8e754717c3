import type { Ports } from './ports.js';
import { answerOf } from './entries.js';

/**
 * Every resolution of a decision as it is kept, as canonical JSON, in the order of the log: none is ever overwritten.
 * @throws LogUnavailableError
 */
export const resolutionsOf = async (
  decision: string,
  organisation: string,
  { log }: Pick<Ports, 'log'>,
): Promise<readonly string[]> => {
  const entries = await log.find({ organisation, name: 'decision', value: decision });
  return entries.map(answerOf);
};
