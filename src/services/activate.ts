import type { Entry, NewEntry } from '../log/entry.js';
import { isDraft, newestOf, type RuleSet } from '../rules/rule-set.js';
import { entryTime, saltedPart } from './entries.js';
import type { Ports } from './ports.js';
import type { InForce } from './rule-sets.js';

/** A set of rules cannot be put in force as the log says: the start must stop. The message is one line that says why. */
export class ActivationError extends Error {
  override readonly name = 'ActivationError';
}

/** An activation as the log tells it. */
export type Activation = { readonly ruleSet: string; readonly version: string; readonly sha256: string };

/** An activation of the log. @throws ActivationError where it cannot be read */
export const readActivation = (entry: Entry): Activation => {
  const body: unknown = JSON.parse(entry.parts.activation?.body ?? 'null');
  if (typeof body !== 'object' || body === null || !('ruleSet' in body) || !('version' in body))
    throw new ActivationError(`entry ${String(entry.position)} of the log is no activation that can be read`);
  return { ruleSet: String(body.ruleSet), version: String(body.version), sha256: entry.ruleSetHash };
};

const activate = async (ruleSet: RuleSet, ports: Ports): Promise<RuleSet> => {
  const { body, sha256 } = ruleSet;
  const entry: NewEntry = {
    id: ports.chance.newId(),
    at: entryTime(ports.clock()),
    organisation: 'service',
    kind: 'activation',
    ruleSetHash: sha256,
    parts: {
      activation: saltedPart({ ruleSet: body.id, version: body.version }, ports.chance),
      body: saltedPart(body, ports.chance),
    },
  };
  await ports.log.append([entry]);
  return ruleSet;
};

const inForceOf = async (id: string, last: Activation | undefined, ports: Ports): Promise<RuleSet> => {
  const versions = ports.rules.all().filter(({ body }) => body.id === id);
  const newest = newestOf(versions);
  if (newest === undefined) throw new ActivationError(`rule set \`${id}\` has no version`);
  if (last === undefined) return activate(newest, ports);
  const same = ports.rules.find(id, last.version);
  if (same?.sha256 === last.sha256) return same;
  if (isDraft(last.version)) return activate(newest, ports);
  throw new ActivationError(
    same === null
      ? `\`${id}\` ${last.version} is in force by the log and is not among the rules: put its files back`
      : `\`${id}\` ${last.version} is not what was put in force: its files were changed after it was released`,
  );
};

/**
 * Puts in force, for each loaded set, the version that the log says is in force. A set that was never activated is activated now, and so is a draft
 * that was changed; both are entries of the log. A released version that was changed or is gone stops the start.
 * @throws ActivationError, LogUnavailableError
 */
export const activateAtStart = async (ports: Ports): Promise<InForce> => {
  const activations = (await ports.log.activations()).map(readActivation);
  const current = new Map<string, RuleSet>();
  for (const id of new Set(ports.rules.all().map(({ body }) => body.id))) {
    const last = activations.findLast(({ ruleSet }) => ruleSet === id);
    current.set(id, await inForceOf(id, last, ports));
  }
  return { of: (id) => current.get(id) ?? null };
};
