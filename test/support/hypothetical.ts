import request, { type Response } from 'supertest';
import type { JsonObject } from '../../src/values/json.js';
import { sentFactsOf } from './generate-intake.js';
import { factsOf, intakeOf, screenBy } from './http.js';
import { shippedVersion } from './shipped-versions.js';
import type { TestApp } from './test-app.js';

/** The facts that can be sent to a version. */
export const factsKnownTo = (version: string): ReadonlySet<string> =>
  new Set(sentFactsOf(shippedVersion(version).body).map(({ id }) => id));

/** A whole patient, pinned to a version, with those of the facts that all of some versions know. */
export const patientFor = (version: string, name: string, knowing: readonly string[]): JsonObject => {
  const known = knowing.map(factsKnownTo);
  const facts = Object.entries(factsOf(name)).filter(([id]) => known.every((ids) => ids.has(id)));
  const sent = { facts: Object.fromEntries(facts), ruleSetVersion: version, retrospective: true };
  return { ...intakeOf(name), ...sent };
};

/** Screens an intake that is accepted. @returns where the decision is found */
export const decide = async (app: TestApp, intake: JsonObject): Promise<string> => {
  const response = await screenBy(app, intake);
  if (response.status !== 200) throw new Error(response.text);
  return String(response.headers.location);
};

/** Asks for a decision to be made again, with a query. */
export const replay = async ({ url }: TestApp, location: string, query = ''): Promise<Response> =>
  request(url).post(`${location}/replay${query}`);
