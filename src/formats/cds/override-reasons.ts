import type { JsonObject } from '../../values/json.js';

/** The reasons of HL7 for not following advice; those of them that a clinician can have here. */
const NON_ADHERENCE = 'http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes';

/** The reasons of this service's own. */
const OWN = 'urn:ketamine-screening:override-reason';

const hl7 = (code: string, display: string): JsonObject => ({ system: NON_ADHERENCE, code, display });

/** Why a clinician may go on all the same. Each has a display, for clients show nothing else. */
export const OVERRIDE_REASONS: readonly JsonObject[] = [
  {
    system: OWN,
    code: 'verified-not-present',
    display: 'Checked with the patient: the record is wrong, and this is not present',
  },
  hl7('risk-benefit-ratio', 'Benefit outweighs the risk for this patient'),
  hl7('mitigate-risk-negative-outcome', 'The risk is being mitigated'),
  hl7('expert-contradicts', 'Expert advice differs'),
  hl7('does-not-align-latest-evidence', 'Does not agree with the latest evidence'),
  hl7('need-more-info', 'More information is being gathered'),
  hl7('prefers-alternative', 'The patient prefers this treatment'),
];
