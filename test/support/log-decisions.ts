import { randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { NATIVE } from '../../src/formats/intake/write-answer.js';
import { readIntake } from '../../src/formats/intake/read-intake.js';
import { ENGINE_VERSION } from '../../src/screening/engine.js';
import { openRulebooks } from '../../src/services/activate.js';
import type { Ports, RuleLibrary } from '../../src/services/ports.js';
import { replaySpan, type MadeAgain, type Span } from '../../src/services/replay-span.js';
import { screenPatient } from '../../src/services/screen-patient.js';
import type { Connection } from '../../src/storage/open-database.js';
import type { JsonObject } from '../../src/values/json.js';
import { eventPortsOn } from './approve.js';

/** What a service that decides on a connection has, without routes in front of it. */
export const decidingPorts = (connection: Connection, rules: RuleLibrary): Ports => ({
  ...eventPortsOn(connection, rules),
  chance: { newId, newSalt: () => randomBytes(32).toString('hex'), newCode: () => '0'.repeat(12) },
  engine: ENGINE_VERSION,
});

/** Screens an intake and logs the decision. @returns its id, or null where the intake is refused */
export type Decide = (intake: JsonObject) => Promise<string | null>;

/** What decides as a service that has started on these ports does. */
export const deciderOn = async (ports: Ports): Promise<Decide> => {
  const rulebooks = await openRulebooks(ports);
  const context = {
    ports,
    rulebooks,
    organisation: 'local',
    client: 'a-test',
    write: NATIVE,
    tell: () => undefined,
  };
  return async (intake) => {
    const screened = await screenPatient(readIntake(intake), context);
    return screened.ok ? screened.value.id : null;
  };
};

/** Makes every decision of a time again, and gives what came of each. */
export const replayAll = async (
  ports: Ports,
  span: Span = { from: null, to: null },
): Promise<readonly MadeAgain[]> => {
  const all: MadeAgain[] = [];
  for await (const { decisions } of replaySpan(span, { ports, write: NATIVE })) all.push(...decisions);
  return all;
};
