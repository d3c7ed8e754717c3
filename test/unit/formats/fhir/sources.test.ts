import { describe, expect, it } from 'vitest';
import {
  bundleOf,
  clinical,
  concept,
  condition,
  patient,
  plain,
  pressure,
  readBundle,
  recordsOf,
  BODY,
} from '../../../support/records.js';

describe('of whom records are', () => {
  it('a Bundle of two patients is refused', () => {
    expect(readBundle(bundleOf([patient(), patient({ id: 'pt-2' })])).issues).toMatchObject([
      { code: 'several-patients' },
    ]);
  });

  it('records that refer to two patients are refused, where no Patient came', () => {
    const other = condition('snomed:195967001', { subject: { reference: 'Patient/pt-2' } });
    expect(readBundle(bundleOf([condition('snomed:13746004'), other])).issues).toMatchObject([
      { code: 'several-patients' },
    ]);
  });

  it.each([
    ['an address of the same server', 'https://ehr.example/fhir/Patient/pt-1', true],
    ['one version of it', 'https://ehr.example/fhir/Patient/pt-1/_history/3', true],
    ['a relative reference', 'Patient/pt-1', true],
    ['another server', 'https://other.example/fhir/Patient/pt-1', false],
  ])('%s', (_what, reference, isUsed) => {
    const record = condition('snomed:195967001', { subject: { reference } });
    const bundle = bundleOf([], {
      entry: [
        { fullUrl: 'https://ehr.example/fhir/Patient/pt-1', resource: patient() },
        { resource: record },
      ],
    });
    expect(readBundle(bundle).facts.asthma).toEqual(isUsed ? { kind: 'boolean', value: true } : undefined);
  });

  it('a urn of the Bundle is the patient that stands under it', () => {
    const urn = 'urn:uuid:5c7ad1fb-3e1b-4b1d-9d33-3a4b5a0f7c11';
    const nameless = plain({ ...patient(), id: undefined as never });
    const bundle = bundleOf([], {
      entry: [
        { fullUrl: urn, resource: nameless },
        { resource: condition('snomed:195967001', { subject: { reference: urn } }) },
      ],
    });
    expect(readBundle(bundle).facts.asthma).toEqual({ kind: 'boolean', value: true });
  });
});

describe('sources that disagree', () => {
  const given = (fact: string, value: boolean | string) => ({ fact, value, pointer: `/given/${fact}` });

  it.each([
    ['the worse counts', 'asthma', false, true],
    ['a no that is worse counts over nothing', 'asthma', true, true],
  ] as const)('%s', (_what, fact, said, value) => {
    const read = readBundle(bundleOf([patient(), condition('snomed:195967001')]), {
      given: [given(fact, said)],
    });
    expect(read.facts[fact]).toEqual({ kind: 'boolean', value });
    expect(read.dataQuality.map(({ code }) => code)).toEqual(said ? [] : ['conflicting-sources']);
  });

  it('a gate that was answered no is set aside by a particular that is known', () => {
    const read = readBundle(bundleOf([patient(), condition('snomed:84114007')]), {
      given: [given('heartDisease', false)],
    });
    expect(read.facts.heartDisease).toEqual({ kind: 'unknown', reason: 'conflicting' });
    expect(read.facts.heartFailure).toEqual({ kind: 'boolean', value: true });
    expect(read.dataQuality).toMatchObject([{ code: 'contradiction' }]);
  });

  it('an answer that a positive test contradicts is set aside', () => {
    const test = {
      resourceType: 'Observation',
      subject: { reference: 'Patient/pt-1' },
      status: 'final',
      code: concept('loinc:2106-3'),
      effectiveDateTime: '2026-11-21',
      valueInteger: 1,
    };
    const read = readBundle(bundleOf([patient(), test]), { given: [given('pregnancyChance', 'cannot')] });
    expect(read.facts.pregnancyChance).toEqual({ kind: 'unknown', reason: 'conflicting' });
  });

  it('something suspected leaves a no in doubt, and a yes as it is', () => {
    const suspected = condition('snomed:195967001', {
      verificationStatus: {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'provisional' },
        ],
      },
    });
    const read = (said: boolean) =>
      readBundle(bundleOf([patient(), suspected]), { given: [given('asthma', said)] }).facts.asthma;
    expect(read(false)).toEqual({ kind: 'unknown', reason: 'asked-unknown' });
    expect(read(true)).toEqual({ kind: 'boolean', value: true });
  });

  it('two ages give all between them', () => {
    const read = readBundle(bundleOf([patient()]), { given: [{ fact: 'age', value: 17, pointer: '/x' }] });
    expect(read.facts.age).toEqual({ kind: 'number', low: 17, high: 54 });
  });
});

describe('a Bundle', () => {
  it('with an entry that is none leaves nothing reassuring', () => {
    const read = readBundle(
      bundleOf([], { entry: [{ resource: patient() }, 7, { resource: pressure(118, 76) }] }),
    );
    expect(read.facts.bloodPressure).toEqual({ kind: 'unknown', reason: 'unreadable' });
    expect(read.facts.asthma).toEqual({ kind: 'unknown', reason: 'unreadable' });
  });

  it.each(['Observations', 'condition', 'Bericht'])(
    'with a resource of no type of FHIR leaves nothing reassuring: %s',
    (resourceType) => {
      const read = readBundle(bundleOf([patient(), { ...condition('snomed:195967001'), resourceType }]), {
        given: [{ fact: 'asthma', value: false, pointer: '/x' }],
      });
      expect(read.facts.asthma).toEqual({ kind: 'unknown', reason: 'unreadable' });
    },
  );

  it('may hold the results of searches', () => {
    const search = bundleOf([condition('snomed:195967001')], { type: 'searchset', total: 1 });
    expect(readBundle(bundleOf([patient(), search])).facts.asthma).toEqual({ kind: 'boolean', value: true });
  });

  it.each([['next'], ['total'], ['outcome']])('that is not whole says so: %s', (how) => {
    const more =
      how === 'next' ? { link: [{ relation: 'next', url: 'x' }] } : how === 'total' ? { total: 9 } : {};
    const failed = how === 'outcome' ? [{ resourceType: 'OperationOutcome', issue: [] }] : [];
    const { remarks } = recordsOf(bundleOf([patient(), ...failed], { type: 'searchset', ...more }));
    expect(remarks).toMatchObject([{ code: 'cut-off' }]);
  });

  it('reads as before under a version whose dictionary says less', () => {
    const body = {
      ...BODY,
      facts: BODY.facts.map((fact) =>
        fact.id === 'acuteHeartEvent' ? { ...fact, tense: undefined as never } : fact,
      ),
    };
    const over = condition('snomed:22298006', { clinicalStatus: clinical('resolved') });
    expect(readBundle(bundleOf([patient(), over]), { body }).facts.acuteHeartEvent).toEqual({
      kind: 'unknown',
      reason: 'asked-unknown',
    });
  });
});
