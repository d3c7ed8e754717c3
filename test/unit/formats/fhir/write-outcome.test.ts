import { describe, expect, it } from 'vitest';
import { fhirPathOf } from '../../../../src/formats/fhir/fhir-path.js';
import { FAULT_TYPES, REMARK_KINDS } from '../../../../src/formats/fhir/issue-types.js';
import { operationOutcomeSchema, outcomeIssueSchema } from '../../../../src/formats/fhir/outcome-schema.js';
import {
  writeOutcome,
  writeProblemOutcome,
  writeRemarks,
} from '../../../../src/formats/fhir/write-outcome.js';
import type { DataQualityCode } from '../../../../src/screening/intake.js';
import type { IssueCode } from '../../../../src/values/issue.js';
import type { JsonObject } from '../../../../src/values/json.js';
import { fhirFormFaults } from '../../../support/fhir-form-faults.js';
import { validatorFaults } from '../../../support/fhir-validator.js';

const problem = {
  type: 'invalid',
  problem: 'invalid-intake',
  title: 'Faults',
  detail: 'Mend them.',
} as const;

const expectSound = (outcome: JsonObject | null): void => {
  expect(validatorFaults(outcome ?? {})).toEqual([]);
  expect(fhirFormFaults(outcome ?? {})).toEqual([]);
  expect(operationOutcomeSchema.safeParse(outcome).error).toBeUndefined();
};

const firstOf = (outcome: JsonObject | null): unknown =>
  outcomeIssueSchema.parse((outcome?.issue as readonly JsonObject[])[0]);

describe('an OperationOutcome', () => {
  it.each(Object.keys(FAULT_TYPES) as readonly IssueCode[])('of the fault %s is sound', (code) => {
    const outcome = writeOutcome([{ pointer: '/entry/0/resource', code, detail: 'is wrong' }], problem);
    expectSound(outcome);
    expect(firstOf(outcome)).toMatchObject({ severity: 'error', code: FAULT_TYPES[code] });
  });

  it.each(Object.keys(REMARK_KINDS) as readonly DataQualityCode[])('of the remark %s is no error', (code) => {
    const outcome = writeRemarks([{ pointer: '/facts/age', code, detail: 'is so' }]);
    expectSound(outcome);
    expect(firstOf(outcome)).toMatchObject({ ...{ code: REMARK_KINDS[code].type } });
    expect(firstOf(outcome)).not.toMatchObject({ severity: 'error' });
  });

  it('tells every fault, with its pointer and its path', () => {
    const outcome = writeOutcome(
      [
        { pointer: '/entry/3/resource/code', code: 'missing-key', detail: 'must be there' },
        { pointer: '', code: 'not-json', detail: 'is not JSON' },
      ],
      problem,
    );
    expectSound(outcome);
    expect(outcome.issue).toEqual([
      {
        severity: 'error',
        code: 'required',
        details: {
          coding: [{ system: 'urn:ketamine-screening:codes:fault', code: 'missing-key' }],
          text: 'must be there',
        },
        diagnostics: '/entry/3/resource/code',
        expression: ['Bundle.entry[3].resource.code'],
      },
      {
        severity: 'error',
        code: 'structure',
        details: {
          coding: [{ system: 'urn:ketamine-screening:codes:fault', code: 'not-json' }],
          text: 'is not JSON',
        },
      },
    ]);
  });

  it('of a problem says what it is and what to do', () => {
    const outcome = writeOutcome([], problem);
    expect(outcome).toEqual(writeProblemOutcome(problem));
    expectSound(outcome);
    expect(firstOf(outcome)).toEqual({
      severity: 'error',
      code: 'invalid',
      details: {
        coding: [{ system: 'urn:ketamine-screening:codes:problem', code: 'invalid-intake' }],
        text: 'Faults',
      },
      diagnostics: 'Mend them.',
    });
  });

  it('has no empty texts, and is not written of no remarks', () => {
    expectSound(writeRemarks([{ pointer: '', code: 'cut-off', detail: '' }]));
    expectSound(writeProblemOutcome({ ...problem, detail: ' ' }));
    expect(writeRemarks([])).toBeNull();
  });
});

describe('the path of a pointer', () => {
  it.each([
    ['/entry/3/resource/code', 'Bundle.entry[3].resource.code'],
    ['/entry/0/resource/component/1/valueQuantity/unit', 'Bundle.entry[0].resource.component[1].value.unit'],
    ['/entry/0/resource/effectiveDateTime', 'Bundle.entry[0].resource.effective'],
    ['/entry/0/resource/medicationCodeableConcept/coding/0', 'Bundle.entry[0].resource.medication.coding[0]'],
    ['/entry/0/resource/_birthDate/extension/0', 'Bundle.entry[0].resource.birthDate.extension[0]'],
    ['/entry/0/resource/valueSet', 'Bundle.entry[0].resource.valueSet'],
    ['/link/1', 'Bundle.link[1]'],
    ['/item/0/answer/2/valueCoding', 'QuestionnaireResponse.item[0].answer[2].value'],
    ['/parameter/0/name', 'Parameters.parameter[0].name'],
  ])('%s is %s', (pointer, path) => {
    expect(fhirPathOf(pointer)).toBe(path);
  });

  it.each([
    '',
    '/',
    '/facts/age',
    '/prefetch/a/entry/0',
    'entry/0',
    '/entry/0/re~1source',
    '/entry/01',
    '/entry/0/a b',
  ])('%j has none', (pointer) => {
    expect(fhirPathOf(pointer)).toBeNull();
  });
});
