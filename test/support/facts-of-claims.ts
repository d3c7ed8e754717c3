import { mergeReadings } from '../../src/formats/intake/merge-readings.js';
import type { Claim } from '../../src/formats/fhir/claim.js';
import type { Facts, FactValue, Reading } from '../../src/screening/facts.js';

/** The facts that the claims of one record make. @throws Error where a record tells a fact twice, but for the readings of a series */
export const factsOfClaims = (claims: readonly Claim[]): Facts => {
  const facts: Record<string, FactValue> = {};
  const readings: Record<string, readonly Reading[]> = {};
  for (const { said, from } of claims) {
    if (said.kind === 'member') throw new Error(`${from.fact}: a response tells whole lists`);
    if (said.kind === 'reading') readings[from.fact] = [...(readings[from.fact] ?? []), said.reading];
    else if (Object.hasOwn(facts, from.fact)) throw new Error(`${from.fact} is told twice`);
    else facts[from.fact] = said;
  }
  const series = Object.entries(readings).map(([id, all]) => {
    if (Object.hasOwn(facts, id)) throw new Error(`${id} is told twice`);
    return [id, { kind: 'series', readings: mergeReadings(all, '').readings }] as const;
  });
  return { ...facts, ...Object.fromEntries(series) };
};
