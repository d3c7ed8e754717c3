import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Answer, AnsweredMissing, AnsweredReason } from '../../../../src/formats/fhir/answered.js';
import { dataRequirementSchema, guidanceSchema } from '../../../../src/formats/fhir/guidance-schema.js';
import { operationOutcomeSchema } from '../../../../src/formats/fhir/outcome-schema.js';
import { writeDataRequirement } from '../../../../src/formats/fhir/write-data-requirement.js';
import { indexFacts } from '../../../../src/rules/dictionary.js';
import type { JsonObject } from '../../../../src/values/json.js';
import { fhirFormFaults } from '../../../support/fhir-form-faults.js';
import { validatorFaults } from '../../../support/fhir-validator.js';
import { containedIn, guidanceOf, guided } from '../../../support/guided.js';
import { shippedVersion } from '../../../support/shipped-versions.js';

const one = guided('hypertension-review');

const reasonOf = ({ answer }: { readonly answer: Answer }): AnsweredReason => {
  const [reason] = answer.reasons;
  if (reason === undefined) throw new Error('there is no reason');
  return reason;
};

/** The DetectedIssue of a reason, with what is given standing over the reason. */
const issueOf = (more: Partial<AnsweredReason>, answer: Partial<Answer> = {}): JsonObject => {
  const guidance = guidanceOf({
    ...one,
    answer: { ...one.answer, ...answer, reasons: [{ ...reasonOf(one), ...more }] },
  });
  expect([...validatorFaults(guidance), ...fhirFormFaults(guidance)]).toEqual([]);
  expect(guidanceSchema.safeParse(guidance).error).toBeUndefined();
  return containedIn(guidance, 'reason-1');
};

const evidenceTexts = (issue: JsonObject): readonly unknown[] =>
  (issue.evidence as readonly { readonly code: readonly JsonObject[] }[]).map(({ code }) => code[0]?.text);

describe('a reason in FHIR', () => {
  it('is the rule in words, as a code of the version', () => {
    const { rule, title, explanation, action, rationale, domain } = reasonOf(one);
    const issue = issueOf({});
    expect(issue).toMatchObject({
      status: 'final',
      code: {
        coding: [{ system: 'urn:ketamine-screening:rule:ketamine-pain', code: rule, display: title }],
      },
      detail: explanation,
      identifiedDateTime: one.answer.evaluatedAt,
      author: { reference: '#engine' },
    });
    expect((issue.extension as readonly JsonObject[]).slice(0, 3)).toEqual([
      { url: 'urn:ketamine-screening:extension:domain', valueCode: domain },
      { url: 'urn:ketamine-screening:extension:rationale', valueString: rationale },
      { url: 'urn:ketamine-screening:extension:action', valueString: action },
    ]);
  });

  it('does not say that anything was done about it', () => {
    expect(Object.keys(issueOf({}))).not.toContain('mitigation');
  });

  it.each([
    ['absolute', 'high'],
    ['relative', 'moderate'],
    ['precaution', 'low'],
  ] as const)('is, where %s, of the severity %s', (severity, written) => {
    expect(issueOf({ severity }).severity).toBe(written);
  });

  it.each([
    [{ value: true }, 'age is yes; test: a'],
    [{ value: false, settledBy: 'asthma' }, 'age is no; by the answer to asthma; test: a'],
    [{ value: 166, unit: 'mm[Hg]' }, 'age is 166 mm[Hg]; test: a'],
    [{ value: { low: 1, high: 2 }, unit: '1' }, 'age is 1 to 2; test: a'],
    [{ value: [] }, 'age is none; test: a'],
    [{ value: ['1', '2'] }, 'age is 1, 2; test: a'],
    [
      { value: 3, derived: { fact: 'score', value: { low: 3, high: 7 }, unit: '1' } },
      'age is 3; which makes score 3 to 7; test: a',
    ],
  ] as const)('tells the evidence %j', (more, text) => {
    const evidence = { fact: 'age', pointer: '/facts/age', test: 'a', ...more };
    expect(evidenceTexts(issueOf({ evidence: [evidence] as unknown as AnsweredReason['evidence'] }))).toEqual(
      [text],
    );
  });

  it('refers to the records that it was read of, each once', () => {
    const [evidence] = reasonOf(one).evidence;
    const origin = { fact: evidence?.fact ?? '', pointer: '/entry/0/resource' };
    const issue = issueOf(
      {},
      {
        provenance: [
          { ...origin, resource: 'Observation/17' },
          { ...origin, pointer: '/entry/1', resource: 'Observation/17' },
          { ...origin, resource: 'no name' },
          { ...origin },
          { ...origin, fact: 'age', resource: 'Patient/1' },
        ],
      },
    );
    expect((issue.evidence as readonly JsonObject[])[0]?.detail).toEqual([{ reference: 'Observation/17' }]);
  });

  it('refers to the records of the general answer that settled a fact', () => {
    const evidence = { fact: 'age', pointer: '/facts/adult', test: 'a', value: false, settledBy: 'adult' };
    const origin = { pointer: '/entry/0/resource' };
    const issue = issueOf(
      { evidence: [evidence] },
      {
        provenance: [
          { ...origin, fact: 'age', resource: 'Patient/1' },
          { ...origin, fact: 'adult', resource: 'Observation/2' },
        ],
      },
    );
    expect(issue.evidence).toMatchObject([{ detail: [{ reference: 'Observation/2' }] }]);
  });

  it('cites its sources, and leaves out what is not known of them', () => {
    const citation = { source: 'a', title: 'A', supports: 'it', basis: 'seen' } as const;
    const full = { ...citation, year: 2025, locator: 'page 3', grade: '1B', url: 'https://a.example/' };
    const issue = issueOf({
      citations: [{ ...citation, year: null, locator: null, basis: 'to-check' }, full],
    });
    const [bare, whole] = (issue.extension as readonly JsonObject[]).slice(3);
    expect(bare?.valueRelatedArtifact).toEqual({
      extension: [{ url: 'urn:ketamine-screening:extension:citation-basis', valueCode: 'to-check' }],
      type: 'citation',
      label: 'a',
      display: 'A',
      citation: 'A: it',
    });
    expect(whole?.valueRelatedArtifact).toEqual({
      extension: [
        { url: 'urn:ketamine-screening:extension:citation-locator', valueString: 'page 3' },
        { url: 'urn:ketamine-screening:extension:citation-grade', valueString: '1B' },
        { url: 'urn:ketamine-screening:extension:citation-basis', valueCode: 'seen' },
      ],
      type: 'citation',
      label: 'a',
      display: 'A',
      citation: 'A (2025), page 3: it',
      url: 'https://a.example/',
    });
    expect(issue.reference).toBe('https://a.example/');
  });
});

const asked: Omit<AnsweredMissing, 'fact'> = {
  question: 'What?',
  couldMake: 'review',
  rules: ['a-rule'],
  reason: 'not-asked',
};

const { body } = shippedVersion();

const filterOf = (
  written: JsonObject,
): readonly { readonly path: string; readonly code: readonly JsonObject[] }[] =>
  written.codeFilter as readonly { readonly path: string; readonly code: readonly JsonObject[] }[];

const wanted = (fact: string, more: Partial<AnsweredMissing> = {}): JsonObject => {
  const written = writeDataRequirement(indexFacts(body.facts))({ fact, ...asked, ...more });
  expect(dataRequirementSchema.safeParse(written).error).toBeUndefined();
  return written;
};

describe('a missing fact in FHIR', () => {
  it.each([
    ['bloodPressure', 'Observation', 'code', '85354-9'],
    ['pregnancyChance', 'Observation', 'code', '82810-3'],
  ])('%s is wanted as %s', (fact, type, path, code) => {
    const written = wanted(fact);
    const [filter] = filterOf(written);
    expect([written.type, filter?.path, filter?.code[0]?.code]).toEqual([type, path, code]);
  });

  it('is asked for by the codes of one terminology only, where records of one kind have them', () => {
    const [filter] = filterOf(wanted('pregnancyChance'));
    expect(new Set(filter?.code.map(({ system }) => system))).toEqual(new Set(['http://loinc.org']));
  });

  it('that is an open list is wanted whole, without a filter', () => {
    expect(wanted('medications').type).toBe('MedicationRequest');
    expect(wanted('medications').codeFilter).toBeUndefined();
  });

  it('without a code is a question', () => {
    expect(wanted('route')).toMatchObject({ type: 'QuestionnaireResponse' });
    expect(Object.keys(wanted('route'))).toEqual(['extension', 'type']);
  });

  it('that was diagnosed is wanted as a Condition', () => {
    const written = wanted('unstableAngina');
    expect([written.type, filterOf(written)[0]?.path]).toEqual(['Condition', 'code']);
  });

  it.each([
    ['P30D', { value: 30, code: 'd' }],
    ['P6W', { value: 6, code: 'wk' }],
    ['PT24H', { value: 24, code: 'h' }],
    ['PT30M', { value: 30, code: 'min' }],
  ])('that may not be older than %s says so', (within, duration) => {
    expect(wanted('bloodPressure', { need: { within } }).dateFilter).toMatchObject([
      { path: 'effective', valueDuration: duration },
    ]);
  });

  it('says everything that the native answer says of it', () => {
    const need = { precision: 'day', readings: 2, within: 'P30D', complete: true } as const;
    const [extension] = wanted('age', { help: 'In years.', reason: 'declined', need }).extension as readonly {
      readonly extension: readonly JsonObject[];
    }[];
    expect(extension?.extension).toEqual([
      { url: 'fact', valueString: 'age' },
      { url: 'question', valueString: 'What?' },
      { url: 'help', valueString: 'In years.' },
      { url: 'reason', valueCode: 'declined' },
      { url: 'couldMake', valueCode: 'review' },
      { url: 'rule', valueCode: 'a-rule' },
      { url: 'precision', valueCode: 'day' },
      { url: 'readings', valuePositiveInt: 2 },
      { url: 'within', valueString: 'P30D' },
      { url: 'complete', valueBoolean: true },
    ]);
  });
});

describe('where an answer in FHIR comes from', () => {
  const provenanceOf = (provenance: NonNullable<Answer['provenance']>): JsonObject =>
    containedIn(guidanceOf({ ...one, answer: { ...one.answer, provenance } }), 'provenance');

  it('is the version, by its fingerprint', () => {
    expect(provenanceOf([])).toMatchObject({
      recorded: one.answer.evaluatedAt,
      agent: [{ who: { reference: '#engine' } }],
      entity: [{ role: 'source', what: { identifier: { value: one.answer.ruleSet.sha256 } } }],
    });
    expect((provenanceOf([]).target as readonly JsonObject[]).slice(0, 2)).toEqual([
      { reference: '#' },
      { reference: '#reason-1' },
    ]);
  });

  it('is each record, by its name where it can be followed, else by its place', () => {
    const { entity } = provenanceOf([
      { fact: 'age', pointer: '/entry/0/resource/birthDate', resource: 'Patient/17' },
      { fact: 'route', pointer: '/route' },
      { fact: 'phase', pointer: '', resource: 'no name' },
      { fact: 'setting', pointer: '' },
    ]);
    const whats = (entity as readonly JsonObject[]).slice(1).map(({ what }) => what);
    expect(whats).toEqual([
      { reference: 'Patient/17' },
      { display: '/route' },
      { display: 'no name' },
      { display: 'the request' },
    ]);
  });
});

describe('the forms of answers in FHIR', () => {
  it.each([guidanceSchema, operationOutcomeSchema])('can be described in the API', (schema) => {
    expect(z.toJSONSchema(schema)).toMatchObject({ type: 'object' });
  });
});
