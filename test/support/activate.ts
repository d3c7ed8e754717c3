import { activateVersion, type ActivationOutcome } from '../../src/services/activate-version.js';
import type { RuleLibrary } from '../../src/services/ports.js';
import { rulebooksIn } from '../../src/services/rulebooks.js';
import type { Connection } from '../../src/storage/open-database.js';
import { eventPortsOn, RELEASED } from './approve.js';

/** Who activates in a test, and why, where it says nothing else. */
export const ACTIVATOR = { by: 'Dr B. Example', role: 'medical director', reason: 'the rules of this year' };

const ASKED = { set: 'ketamine-pain', version: RELEASED, ...ACTIVATOR };

/** Puts a version in force on a connection, as another process would. */
export const activateOn = async (
  connection: Connection,
  rules: RuleLibrary,
  more: Partial<typeof ASKED> = {},
): Promise<ActivationOutcome> => {
  const ports = eventPortsOn(connection, rules);
  return activateVersion({ ...ASKED, ...more }, { ports, rulebooks: await rulebooksIn(ports) });
};
