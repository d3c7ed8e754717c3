import type { JsonObject } from '../../values/json.js';
import type { Answer } from './answered.js';
import { canonicalOf, OWN_EXTENSIONS, OWN_SYSTEMS } from './own-names.js';
import { CONTAINED, CONTAINER, referenceOf, within } from './references.js';

type Origin = NonNullable<Answer['provenance']>[number];

/** Writes the engine as the Device (FHIR R4) that answered: an engine of one version, under rules of one version. */
export const writeEngine = ({ engine, ruleSet }: Answer): JsonObject => ({
  resourceType: 'Device',
  id: CONTAINED.engine,
  deviceName: [{ name: 'ketamine-screening', type: 'model-name' }],
  version: [
    { type: { text: 'engine' }, value: engine },
    { type: { text: 'rule set' }, value: canonicalOf(ruleSet) },
  ],
});

const ruleSetEntity = (ruleSet: Answer['ruleSet']): JsonObject => ({
  role: 'source',
  what: {
    identifier: { system: OWN_SYSTEMS.ruleSetHash, value: ruleSet.sha256 },
    display: canonicalOf(ruleSet),
  },
});

/** What a fact was read of. What has no name that can be followed is told in words, by its place in the request. */
const originEntity = ({ fact, pointer, resource }: Origin): JsonObject => ({
  extension: [
    {
      url: OWN_EXTENSIONS.origin,
      extension: [
        { url: 'fact', valueString: fact },
        ...(pointer === '' ? [] : [{ url: 'pointer', valueString: pointer }]),
      ],
    },
  ],
  role: 'source',
  what: referenceOf(resource) ?? { display: resource ?? (pointer === '' ? 'the request' : pointer) },
});

/**
 * Writes where an answer comes from as the Provenance (FHIR R4) that it contains: of which version of which rules, and, where an EHR sent records, each fact
 * with the resource that it was read of.
 * @param issues the ids of the DetectedIssues of the answer
 * Source: HL7 FHIR R4 (4.0.1), Provenance
 */
export const writeProvenance = (answer: Answer, issues: readonly string[]): JsonObject => ({
  resourceType: 'Provenance',
  id: CONTAINED.provenance,
  target: [CONTAINER, ...issues.map(within)],
  recorded: answer.evaluatedAt,
  agent: [
    {
      type: {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type',
            code: 'assembler',
            display: 'Assembler',
          },
        ],
      },
      who: within(CONTAINED.engine),
    },
  ],
  entity: [ruleSetEntity(answer.ruleSet), ...(answer.provenance ?? []).map(originEntity)],
});
