import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/values/json.js';
import { clinical, concept, condition, plain, readWith, verified } from '../../../support/records.js';

const unknown = (reason: string) => ({ kind: 'unknown', reason });
const YES = { kind: 'boolean', value: true };

type Row = readonly [what: string, record: JsonObject, fact: string, value: unknown, remark: string | null];

const UNCONFIRMED = ['unconfirmed', 'provisional', 'differential'] as const;

const rows: readonly Row[] = [
  ['an active diagnosis', condition('snomed:38341003'), 'hypertensionDiagnosis', YES, null],
  [
    'one by another name of its system',
    condition('snomed:38341003', {
      code: { coding: [{ system: 'urn:oid:2.16.840.1.113883.6.96', code: '38341003', version: '2026' }] },
    }),
    'hypertensionDiagnosis',
    YES,
    null,
  ],
  [
    'a code of ICD-10-CM without its point',
    condition('icd10cm:I2510', { code: concept('icd10cm:I2510') }),
    'coronaryDisease',
    YES,
    null,
  ],
  ['a code under a prefix', condition('icd10cm:I11.9'), 'hypertensionDiagnosis', YES, null],
  [
    'a code that a prefix leaves out',
    condition('icd10cm:F10.21'),
    'activeSubstanceUseDisorder',
    undefined,
    null,
  ],
  ['that code under its own fact', condition('icd10cm:F10.21'), 'pastSubstanceUseDisorder', YES, null],
  [
    'a relapse',
    condition('snomed:13746004', { clinicalStatus: clinical('relapse') }),
    'bipolarDisorder',
    YES,
    null,
  ],
  [
    'no clinical status',
    condition('snomed:195967001', { clinicalStatus: undefined as never }),
    'asthma',
    YES,
    null,
  ],
  [
    'no clinical status and an end',
    condition('snomed:195967001', { clinicalStatus: undefined as never, abatementDateTime: '2020' }),
    'asthma',
    unknown('asked-unknown'),
    'over',
  ],
  [
    'something over, asked about the whole life',
    condition('snomed:22298006', { clinicalStatus: clinical('resolved') }),
    'acuteHeartEvent',
    YES,
    'over',
  ],
  [
    'something over, asked about now',
    condition('snomed:68566005', { clinicalStatus: clinical('resolved') }),
    'acuteUrinaryInfection',
    undefined,
    'over',
  ],
  [
    'something over, where the dictionary does not say',
    condition('icd10cm:F32.3', { clinicalStatus: clinical('remission') }),
    'activePsychosis',
    unknown('asked-unknown'),
    'over',
  ],
  [
    'an active one that has an end: the worse counts',
    condition('snomed:195967001', { abatementDateTime: '2020' }),
    'asthma',
    YES,
    null,
  ],
  [
    'one that was refuted',
    condition('snomed:13746004', { verificationStatus: verified('refuted') }),
    'bipolarDisorder',
    undefined,
    'ruled-out',
  ],
  [
    'one that was entered in error',
    condition('snomed:13746004', {
      verificationStatus: verified('entered-in-error'),
      clinicalStatus: undefined as never,
    }),
    'bipolarDisorder',
    undefined,
    'withdrawn',
  ],
  ...UNCONFIRMED.map((status): Row => [
    `one that is ${status}`,
    condition('snomed:13746004', { verificationStatus: verified(status) }),
    'bipolarDisorder',
    unknown('asked-unknown'),
    'suspected',
  ]),
  [
    'a clinical status that FHIR does not have',
    condition('snomed:13746004', { clinicalStatus: clinical('gone') }),
    'bipolarDisorder',
    unknown('unreadable'),
    'unreadable',
  ],
  [
    'a clinical status that is a text',
    condition('snomed:13746004', { clinicalStatus: 'active' }),
    'bipolarDisorder',
    unknown('unreadable'),
    'unreadable',
  ],
  [
    'a status in words alone',
    condition('snomed:13746004', { verificationStatus: { text: 'confirmed' } }),
    'bipolarDisorder',
    unknown('unreadable'),
    'unreadable',
  ],
  [
    'several codings, one of them known',
    condition('snomed:1', {
      code: {
        coding: [
          { system: 'http://example.org', code: 'x' },
          { system: 'http://snomed.info/sct', code: '13746004' },
        ],
      },
    }),
    'bipolarDisorder',
    YES,
    null,
  ],
  [
    'a known code of an unknown system',
    condition('snomed:1', { code: { coding: [{ system: 'http://example.org', code: '13746004' }] } }),
    'bipolarDisorder',
    undefined,
    null,
  ],
  [
    'words without a code that the dictionary has',
    condition('snomed:1', { code: { text: 'Bipolar dis\u200border, in mother?' } }),
    'bipolarDisorder',
    unknown('asked-unknown'),
    'uncoded',
  ],
  [
    'words without a code that it does not have',
    condition('snomed:1', { code: { text: 'feels unwell' } }),
    'bipolarDisorder',
    undefined,
    'uncoded',
  ],
  [
    'no code and no words',
    condition('snomed:1', { code: undefined as never }),
    'bipolarDisorder',
    unknown('unreadable'),
    'unreadable',
  ],
  [
    'a code that cannot be read',
    condition('snomed:1', { code: { coding: 'x' } }),
    'bipolarDisorder',
    unknown('unreadable'),
    'unreadable',
  ],
  [
    'an extension that modifies',
    condition('snomed:13746004', { modifierExtension: [{ url: 'urn:x', valueBoolean: true }] }),
    'bipolarDisorder',
    unknown('unreadable'),
    'not-understood',
  ],
  [
    'an extension that modifies something over',
    condition('snomed:68566005', {
      clinicalStatus: clinical('resolved'),
      modifierExtension: [{ url: 'urn:x' }],
    }),
    'acuteUrinaryInfection',
    unknown('unreadable'),
    'not-understood',
  ],
  [
    'implied rules',
    condition('snomed:13746004', { implicitRules: 'urn:x' }),
    'bipolarDisorder',
    unknown('unreadable'),
    'not-understood',
  ],
  [
    'one of another patient',
    condition('snomed:13746004', { subject: { reference: 'Patient/other' } }),
    'bipolarDisorder',
    undefined,
    'other-patient',
  ],
  [
    'one of nobody',
    condition('snomed:13746004', { subject: undefined as never }),
    'bipolarDisorder',
    unknown('unreadable'),
    'unreadable',
  ],
  [
    'a pregnancy that is over',
    condition('snomed:77386006', { clinicalStatus: clinical('resolved') }),
    'pregnancyChance',
    undefined,
    'over',
  ],
  ['a pregnancy', condition('snomed:77386006'), 'pregnancyChance', { kind: 'code', value: 'pregnant' }, null],
  [
    'a code that does not say which answer it is',
    condition('icd10cm:O99.3'),
    'pregnancyChance',
    unknown('unreadable'),
    null,
  ],
  ['no known problems', condition('snomed:160245001'), 'heartDisease', undefined, null],
];

describe('a Condition', () => {
  it.each(rows)('%s', (_what, record, fact, value, remark) => {
    const read = readWith(plain(record));
    expect(read.issues).toEqual([]);
    expect(read.facts[fact]).toEqual(value);
    expect(read.dataQuality.map(({ code }) => code)).toEqual(remark === null ? [] : [remark]);
  });

  it('leaves no answer reassuring that it could be about, where it cannot be read', () => {
    const read = readWith(condition('snomed:1', { code: 7 }));
    for (const fact of ['asthma', 'acuteHeartEvent', 'pregnancyChance', 'heartFailure'])
      expect(read.facts[fact]).toEqual(unknown('unreadable'));
    expect(read.facts.bloodPressure).toBeUndefined();
  });

  it('is named with its place', () => {
    const read = readWith(condition('snomed:13746004'));
    expect(read.provenance).toContainEqual({
      fact: 'bipolarDisorder',
      pointer: '/entry/1/resource/code',
      resource: 'Condition/c-snomed-13746004',
    });
  });

  it('with a code of no fact is told among those that nothing was made of', () => {
    expect(readWith(condition('snomed:82423001')).unmapped).toEqual(['http://snomed.info/sct|82423001']);
  });
});
