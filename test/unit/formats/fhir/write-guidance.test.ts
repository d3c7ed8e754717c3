import { describe, expect, it } from 'vitest';
import { guidanceSchema } from '../../../../src/formats/fhir/guidance-schema.js';
import type { JsonObject, JsonValue } from '../../../../src/values/json.js';
import { fhirFormFaults } from '../../../support/fhir-form-faults.js';
import { validatorFaults } from '../../../support/fhir-validator.js';
import { containedIn, DECISION, guidanceOf, guided, guidedPatients } from '../../../support/guided.js';

const patients = guidedPatients();

const objects = (value: unknown): readonly JsonObject[] => (value ?? []) as readonly JsonObject[];

const parameters = (guidance: JsonObject, name: string): readonly JsonObject[] =>
  objects(containedIn(guidance, 'output').parameter).filter((one) => one.name === name);

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/** The values of parts or extensions, by their names. */
const told = (parts: unknown): readonly (readonly [string, JsonValue])[] =>
  objects(parts).map(
    ({ name, url, ...value }) => [textOf(name ?? url), Object.values(value)[0] ?? null] as const,
  );

/** A patient of each kind of verdict. */
const REVIEW = 'hypertension-review';
const INCOMPLETE = 'pregnancy-question-declined';
const INELIGIBLE = 'one-absolute-nothing-else';

describe('every whole patient in FHIR', () => {
  it.each(patients)('is sound by R4 and of the form that is described: $name', (one) => {
    const guidance = guidanceOf(one);
    expect(validatorFaults(guidance)).toEqual([]);
    expect(fhirFormFaults(guidance)).toEqual([]);
    expect(guidanceSchema.safeParse(guidance).error).toBeUndefined();
  });

  it.each(patients)('says the same as the native answer: $name', (one) => {
    const { answer } = one;
    const guidance = guidanceOf(one);
    const output = ['verdict', 'floor', 'ceiling'].map((name) => parameters(guidance, name)[0]?.valueCode);
    expect(output).toEqual([answer.verdict, answer.bounds.floor, answer.bounds.ceiling]);
    expect(guidance.status).toBe(answer.verdict === 'incomplete' ? 'data-required' : 'success');
    const rules = objects(guidance.contained)
      .filter(({ resourceType }) => resourceType === 'DetectedIssue')
      .map(({ code }) => objects((code as JsonObject).coding)[0]?.code);
    expect(rules).toEqual([...answer.reasons, ...answer.precautions].map(({ rule }) => rule));
    const asked = objects(guidance.dataRequirement).map(({ extension }) =>
      Object.fromEntries(told(objects(extension)[0]?.extension)),
    );
    expect(asked.map(({ fact, reason }) => [fact, reason])).toEqual(
      answer.missing.map(({ fact, reason }) => [fact, reason]),
    );
    expect(parameters(guidance, 'undetermined').map(({ valueCode }) => valueCode)).toEqual(
      answer.undetermined,
    );
    expect(parameters(guidance, 'alsoUseful')).toHaveLength(answer.alsoUseful.length);
  });

  it('shows every verdict', () => {
    expect(new Set(patients.map(({ answer }) => answer.verdict)).size).toBe(4);
    expect(patients.some(({ answer }) => answer.dataQuality.length > 0)).toBe(true);
  });

  it('is the same however often it is written', () => {
    expect(JSON.stringify(guidanceOf(guided(REVIEW)))).toBe(JSON.stringify(guidanceOf(guided(REVIEW))));
  });
});

describe('an answer in FHIR', () => {
  it('names the decision, the version and the moment', () => {
    const identifier = { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${DECISION}` };
    const { answer, ...one } = guided(REVIEW);
    expect(guidanceOf({ ...one, answer })).toMatchObject({
      id: DECISION,
      requestIdentifier: identifier,
      identifier: [identifier],
      moduleCanonical: `urn:ketamine-screening:rule-set:ketamine-pain|${answer.ruleSet.version}`,
      occurrenceDateTime: answer.evaluatedAt,
      performer: { reference: '#engine' },
    });
  });

  it.each([
    ['Patient/17', { reference: 'Patient/17' }],
    ['Patient/17/_history/2', { reference: 'Patient/17/_history/2' }],
    ['pt-8841', undefined],
    ['Group/17', undefined],
    ['Patient/', undefined],
    ['Patient/a b', undefined],
    ['xPatient/17', undefined],
  ])('takes the subject %s for a patient only where it is one', (subject, reference) => {
    const guidance = guidanceOf(guided(REVIEW, { subject }));
    expect(guidance.subject).toEqual(reference);
    expect(containedIn(guidance, 'reason-1').patient).toEqual(reference);
    expect(fhirFormFaults(guidance)).toEqual([]);
  });

  it('says in words what the verdict is, for whom it is, and how far it holds', () => {
    const { answer } = guided(REVIEW);
    const notes = (more: object): string =>
      objects(guidanceOf(guided(REVIEW, more)).note)
        .map(({ text }) => textOf(text))
        .join('\n');
    const all = notes({ retrospective: true, expired: true, validUntil: '2026-12-01T00:00:00Z' });
    expect(all).toContain('Verdict: review (a clinician must weigh something');
    expect(all).toContain(answer.notice);
    expect(all).toContain(`ketamine-pain ${answer.ruleSet.version}: not yet approved by a clinician.`);
    expect(all).toContain(`as of ${answer.asOf}`);
    expect(all).toContain('Expired: it held until 2026-12-01T00:00:00Z.');
    const plain = notes({ retrospective: false, expired: false, validUntil: null });
    expect(plain).not.toMatch(/Retrospective|Expired|until/);
  });

  it('leaves out moments and earlier decisions that there are not', () => {
    const bare = guidanceOf(guided(REVIEW, { validUntil: null }));
    expect(parameters(bare, 'validUntil')).toEqual([]);
    expect(parameters(bare, 'supersedes')).toEqual([]);
    const full = guided(REVIEW, { validUntil: '2026-12-01T00:00:00Z', supersedes: DECISION });
    expect(parameters(guidanceOf(full), 'validUntil')[0]?.valueDateTime).toBe('2026-12-01T00:00:00Z');
    expect(parameters(guidanceOf(full), 'supersedes')[0]?.valueUri).toBe(`urn:uuid:${DECISION}`);
  });

  it('tells the rule set, its fingerprint and who approved it', () => {
    const { answer } = guided(REVIEW);
    expect(told(parameters(guidanceOf(guided(REVIEW)), 'ruleSet')[0]?.part)).toEqual([
      ['id', answer.ruleSet.id],
      ['version', answer.ruleSet.version],
      ['sha256', answer.ruleSet.sha256],
      ['approval', answer.ruleSet.approval],
    ]);
  });

  it('tells what was found in the data, and refers to it', () => {
    const remark = { pointer: '/entry/3/resource/code', code: 'uncoded', detail: 'has no code' } as const;
    const guidance = guidanceOf(guided(INELIGIBLE, { dataQuality: [remark], unmapped: ['99', ' '] }));
    expect(guidance.evaluationMessage).toEqual([{ reference: '#data-quality' }]);
    expect(containedIn(guidance, 'data-quality').issue).toMatchObject([
      { severity: 'warning', expression: ['Bundle.entry[3].resource.code'] },
    ]);
    expect(parameters(guidance, 'unmapped').map(({ valueString }) => valueString)).toEqual(['99']);
    expect([...validatorFaults(guidance), ...fhirFormFaults(guidance)]).toEqual([]);
    expect(guidanceOf(guided(INELIGIBLE, { dataQuality: [] })).evaluationMessage).toBeUndefined();
  });

  it('asks for what is missing with why it is, and is not final', () => {
    const one = guided(INCOMPLETE);
    expect(one.answer.verdict).toBe('incomplete');
    const [first] = objects(guidanceOf(one).dataRequirement);
    const [missing] = one.answer.missing;
    expect(told(objects(first?.extension)[0]?.extension)).toContainEqual(['question', missing?.question]);
  });
});
