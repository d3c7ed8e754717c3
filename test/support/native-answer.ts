import { readIntake } from '../../src/formats/intake/read-intake.js';
import type { Decision } from '../../src/screening/decision.js';
import { screen } from '../../src/screening/screen.js';
import type { JsonObject } from '../../src/values/json.js';
import { at } from './builders.js';
import { shippedVersion } from './shipped-versions.js';

/** The decision on a native intake under the version that it is pinned to, or the newest, as the service would make it. */
export const decisionOn = (intake: JsonObject, more: Partial<Decision> = {}): Decision => {
  const sent = readIntake(intake);
  const ruleSet = shippedVersion(sent.ruleSetVersion ?? undefined);
  const asOf = sent.asOf ?? at('2026-11-22T09:30:00Z');
  const facts = sent.readFacts(ruleSet.body, asOf);
  return {
    id: '0197f3c2-7b1e-7000-8000-00000000abcd',
    subject: sent.subject,
    supersedes: null,
    asOf,
    evaluatedAt: asOf,
    retrospective: false,
    ruleSet,
    approval: 'not yet approved by a clinician',
    engine: '1.0.0',
    unmapped: facts.unmapped,
    dataQuality: facts.dataQuality,
    screening: screen(ruleSet.body, facts.facts, asOf),
    ...more,
  };
};
