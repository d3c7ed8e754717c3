import { randomBytes, randomUUID } from 'node:crypto';
import type { RuleSet } from '../../src/rules/rule-set.js';
import { approveVersion, type ApprovalOutcome } from '../../src/services/approve-version.js';
import type { Ports, RuleLibrary } from '../../src/services/ports.js';
import type { Connection } from '../../src/storage/open-database.js';
import { ruleLibraryOf } from '../../src/storage/rule-library.js';
import type { JsonObject } from '../../src/values/json.js';
import { at, ruleSetOf } from './builders.js';
import { logOn, SIGNER, subjectHash } from './sqlite.js';
import { shippedRules } from './test-app.js';

/** A version that no file has, so that a release of the shipped rules changes no test. */
export const RELEASED = '9.0.0';

/** The shipped draft as a version that is released, with other words where some are given. */
export const releasedVersion = (more: JsonObject = {}): RuleSet => {
  const body = shippedRules().all().at(-1)?.body;
  return ruleSetOf({ ...(body as unknown as JsonObject), version: RELEASED, ...more });
};

/** A library of versions. */
export const libraryOf = (...versions: readonly RuleSet[]): RuleLibrary =>
  ruleLibraryOf(versions.map((ruleSet) => ({ ruleSet, cases: [], releases: [], coverage: [] })));

/** What an approval is asked with, where a test says nothing else. */
const DR_EXAMPLE = {
  set: 'ketamine-pain',
  version: RELEASED,
  by: 'Dr A. Example',
  role: 'consultant in pain medicine',
  on: null,
};

/** What answers say of a version that she has approved on the day of the tests. */
export const APPROVED = 'approved by Dr A. Example, consultant in pain medicine, on 2026-11-22';

/** What another process writes events with, on a connection of its own. */
export const eventPortsOn = (connection: Connection, rules: RuleLibrary): Omit<Ports, 'engine'> => ({
  log: logOn(connection),
  rules,
  clock: () => at('2026-11-22T09:30:00Z'),
  chance: {
    newId: randomUUID,
    newSalt: () => randomBytes(32).toString('hex'),
    newCode: () => '0'.repeat(12),
  },
  pause: () => Promise.resolve(),
  subjectHash,
  signer: SIGNER,
});

/** Approves a version on a connection, as another process would. */
export const approveOn = (
  connection: Connection,
  rules: RuleLibrary,
  more: Partial<Parameters<typeof approveVersion>[0]> = {},
): Promise<ApprovalOutcome> => approveVersion({ ...DR_EXAMPLE, ...more }, eventPortsOn(connection, rules));
