import { describe, expect, it } from 'vitest';
import { writeQuestionnaire } from '../../../../src/formats/fhir/write-questionnaire.js';
import type { JsonValue } from '../../../../src/values/json.js';
import { changed } from '../../../support/builders.js';
import { fhirFormFaults } from '../../../support/fhir-form-faults.js';
import { validatorFaults } from '../../../support/fhir-validator.js';
import { guidanceOf, guided } from '../../../support/guided.js';
import { shippedRules } from '../../../support/test-app.js';

const remark = { pointer: '/facts/age', code: 'stale', detail: 'is too old' } as const;
const origin = { fact: 'age', pointer: '/entry/0/resource/birthDate', resource: 'Patient/17' };
const sound = guidanceOf(
  guided('hypertension-review', { subject: 'Patient/17', dataQuality: [remark], provenance: [origin] }),
);

const contained = sound.contained as readonly { readonly id: string }[];

/** The pointer to what is contained under an id. */
const to = (id: string): string => {
  const index = contained.findIndex((one) => one.id === id);
  if (index < 0) throw new Error(`nothing is contained as ${id}`);
  return `/contained/${String(index)}`;
};

type Planted = readonly [fault: string, pointer: string, value: JsonValue | undefined];

/** What the package finds by itself. */
const SEEN: readonly Planted[] = [
  ['code "done" not found', '/status', 'done'],
  ['missing property', '/status', undefined],
  ['missing property', '/moduleCanonical', undefined],
  ['unexpected property', '/verdict', 'review'],
  ['not an array', '/note', { text: 'a' }],
  ['invalid type for reference', '/subject/reference', 'Observation/17'],
  ['code "grave" not found', `${to('reason-1')}/severity`, 'grave'],
  ['missing property', `${to('reason-1')}/status`, undefined],
  ['code "quote" not found', `${to('reason-1')}/extension/3/valueRelatedArtifact/type`, 'quote'],
  ['unexpected property', `${to('reason-1')}/relatedArtifact`, [{ type: 'citation' }]],
  ['missing property', `${to('data-quality')}/issue/0/code`, undefined],
  ['code "conflicting" not found', `${to('data-quality')}/issue/0/code`, 'conflicting'],
  ['entry is required', `${to('data-quality')}/issue`, []],
  ['boolean', `${to('output')}/parameter/3/valueBoolean`, 'no'],
  ['missing property', `${to('provenance')}/recorded`, undefined],
  ['entry is required', `${to('provenance')}/target`, []],
  ['code "cause" not found', `${to('provenance')}/entity/0/role`, 'cause'],
  ['not a valid resource type', `${to('engine')}/resourceType`, 'Engine'],
];

/** What it does not find, and our own check does. */
const NOT_SEEN: readonly Planted[] = [
  ['empty: note', '/note', []],
  ['empty: requestIdentifier', '/requestIdentifier', {}],
  ['empty: note.0.text', '/note/0/text', ' '],
  ['id: id', '/id', 'an id'],
  ['id: contained', `${to('engine')}/id`, 'the_engine'],
  ['time: occurrenceDateTime', '/occurrenceDateTime', '2026-11-22T09:30:00'],
  ['time: occurrenceDateTime', '/occurrenceDateTime', '2026-02-30T09:30:00Z'],
  ['dom-2: engine', `${to('engine')}/contained`, [{ resourceType: 'Patient', id: 'a' }]],
  ['dom-3: data-quality', '/evaluationMessage', undefined],
  ['dom-3: provenance', `${to('provenance')}/target/0/reference`, '#engine'],
  ['dom-4: engine', `${to('engine')}/meta`, { versionId: '1' }],
  ['id twice: engine', `${to('output')}/id`, 'engine'],
  ['nothing is contained as #none', '/outputParameters/reference', '#none'],
  ['no reference: pt 17', '/subject/reference', 'pt 17'],
  ['ext-1', `${to('reason-1')}/extension/0/valueString`, 'another'],
  ['url that is not absolute', `${to('reason-1')}/extension/0/url`, 'domain'],
  ['inv-1', `${to('output')}/parameter/0/valueString`, 'another'],
  ['drq', '/dataRequirement', [{ type: 'Condition', codeFilter: [{ code: [{ code: 'a' }] }] }]],
];

describe('the offline validator', () => {
  it('finds nothing wrong with what is sound', () => {
    expect(validatorFaults(sound)).toEqual([]);
    expect(fhirFormFaults(sound)).toEqual([]);
  });

  it.each(SEEN)('sees %s at %s: %j', (fault, pointer, value) => {
    expect(
      validatorFaults(changed(sound, pointer, value))
        .join('\n')
        .toLowerCase(),
    ).toContain(fault.toLowerCase());
  });

  it.each(NOT_SEEN)('leaves to our own check %s at %s: %j', (fault, pointer, value) => {
    const planted = changed(sound, pointer, value);
    expect(validatorFaults(planted)).toEqual([]);
    expect(fhirFormFaults(planted).join('\n')).toContain(fault);
  });
});

describe('the questionnaire of every version', () => {
  it.each(shippedRules().all())('is sound: $body.id $body.version', ({ body, sha256 }) => {
    const questionnaire = writeQuestionnaire(body, sha256);
    expect(validatorFaults(questionnaire)).toEqual([]);
    expect(fhirFormFaults(questionnaire)).toEqual([]);
    expect(validatorFaults(changed(questionnaire, '/status', 'in-force'))).not.toEqual([]);
    expect(validatorFaults(changed(questionnaire, '/item/0/linkId'))).not.toEqual([]);
    expect(validatorFaults(changed(questionnaire, '/item/0/type', 'section'))).not.toEqual([]);
  });
});
