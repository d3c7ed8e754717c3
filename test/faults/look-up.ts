import { ask, connections } from './ask.js';
import { hashOf, type Acknowledged } from './load.js';
import { blame, type Tally } from './tally.js';

const LANES = 16;

/** A stored decision begins with the answer as it was sent, and goes on with what is known of it since. */
export const isSame = (text: string, { hash, length }: Acknowledged): boolean =>
  text.slice(length - 1).startsWith(',"findings":') && hashOf(`${text.slice(0, length - 1)}}`) === hash;

/** Looks decisions up, each by its id, and compares them byte for byte with what was acknowledged. */
export const lookUp = async (
  url: string,
  acknowledged: readonly Acknowledged[],
  tally: Tally,
): Promise<void> => {
  const agent = connections(LANES);
  const waiting = acknowledged.values();
  const lane = async (): Promise<void> => {
    for (const one of waiting) {
      const found = await ask({ url: `${url}/decisions/${one.id}`, agent });
      if (found.kind === 'hung') blame(tally, 'hangs', `looking up ${one.id}`);
      else if (found.kind === 'broken') blame(tally, 'wrong', `no answer to looking up ${one.id}`);
      else if (found.status === 404) blame(tally, 'lost', one.id);
      else if (found.status >= 500) blame(tally, 'unexpected5xx', `looking up ${one.id}: ${found.text}`);
      else if (!isSame(found.text, one)) blame(tally, 'changed', one.id);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  agent.destroy();
};
