import type { JsonObject } from '../../values/json.js';
import type { Answer } from './answered.js';
import { CONTAINED, issueId, within } from './references.js';
import { asParameter, booleanTold, codeTold, missingTold, momentTold, textTold, type Told } from './told.js';

/** The verdict, and what says how far it holds. */
const verdictTold = ({ verdict, bounds, validUntil, expired }: Answer): readonly Told[] => [
  codeTold('verdict', verdict),
  codeTold('floor', bounds.floor),
  codeTold('ceiling', bounds.ceiling),
  ...(validUntil === null ? [] : [momentTold('validUntil', validUntil)]),
  booleanTold('expired', expired),
];

const ruleSetTold = ({ id, version, sha256, approval }: Answer['ruleSet']): Told => ({
  name: 'ruleSet',
  parts: [
    textTold('id', id),
    textTold('version', version),
    textTold('sha256', sha256),
    ...(approval.trim() === '' ? [] : [textTold('approval', approval)]),
  ],
});

/** What was decided by what, and when. */
const circumstancesTold = (answer: Answer): readonly Told[] => [
  { name: 'decision', value: { valueUri: `urn:uuid:${answer.id}` } },
  ...(answer.supersedes === undefined
    ? []
    : [{ name: 'supersedes', value: { valueUri: `urn:uuid:${answer.supersedes}` } }]),
  momentTold('asOf', answer.asOf),
  booleanTold('retrospective', answer.retrospective),
  ruleSetTold(answer.ruleSet),
  textTold('engine', answer.engine),
];

const issuesTold = (kind: 'reason' | 'precaution', reasons: readonly unknown[]): readonly Told[] =>
  reasons.map((_, index) => ({ name: kind, value: { valueReference: within(issueId(kind, index)) } }));

/**
 * Writes what a machine reads of an answer as Parameters (FHIR R4) that the answer contains: the names are those of the native answer. Reasons and precautions
 * are references, in their order.
 */
export const writeOutput = (answer: Answer): JsonObject => ({
  resourceType: 'Parameters',
  id: CONTAINED.output,
  parameter: [
    ...verdictTold(answer),
    ...circumstancesTold(answer),
    ...issuesTold('reason', answer.reasons),
    ...issuesTold('precaution', answer.precautions),
    ...answer.missing.map((missing): Told => ({ name: 'missing', parts: missingTold(missing) })),
    ...answer.alsoUseful.map((missing): Told => ({ name: 'alsoUseful', parts: missingTold(missing) })),
    ...answer.undetermined.map((rule) => codeTold('undetermined', rule)),
    ...answer.unmapped.filter((code) => code.trim() !== '').map((code) => textTold('unmapped', code)),
  ].map(asParameter),
});
