import type { JsonObject } from '../values/json.js';
import type { Principal } from './access.js';
import { newEntry, NO_RULE_SET } from './new-entry.js';
import type { Ports } from './ports.js';

/** That someone is about to be told what is kept of patients: who, by which operation, and of which entries. */
export type ReadAsked = {
  readonly principal: Principal;
  /** The operation, as the API description names it. */
  readonly operation: string;
  /** The ids of the entries whose payload is told; or what else says which they are, such as a range of the log. */
  readonly told: { readonly ids: readonly string[] } | { readonly from: number; readonly size: number };
};

const READ_PART = 'read';

const partOf = ({ principal, operation, told }: ReadAsked): JsonObject => ({
  client: principal.client,
  via: principal.via,
  operation,
  ...told,
});

/**
 * Writes to the log that someone is told what is kept of patients. It must be durable before anything is told: where it cannot be, nothing is. It names ids and nothing
 * of a patient, so that it can stand when they are erased.
 * @throws LogUnavailableError where it could not be made durable
 */
export const recordRead = async (
  asked: ReadAsked,
  ports: Pick<Ports, 'log' | 'chance' | 'clock' | 'subjectHash'>,
): Promise<void> => {
  const entry = newEntry(
    {
      id: ports.chance.newId(),
      at: ports.clock(),
      organisation: asked.principal.organisation,
      kind: 'read',
      ruleSetHash: NO_RULE_SET,
      parts: { [READ_PART]: partOf(asked) },
    },
    ports,
  );
  await ports.log.append([entry]);
};
