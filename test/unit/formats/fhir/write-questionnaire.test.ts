import { describe, expect, it } from 'vitest';
import { questionnaireSchema } from '../../../../src/formats/fhir/questionnaire-schema.js';
import { writeQuestionnaire } from '../../../../src/formats/fhir/write-questionnaire.js';
import type { RuleSet } from '../../../../src/rules/rule-set.js';
import type { JsonObject } from '../../../../src/values/json.js';
import { aFact, aRuleSet, changed, ruleSetOf } from '../../../support/builders.js';
import { questionnaireFaults } from '../../../support/questionnaire-faults.js';
import { allItems, itemsOf, type FormItem } from '../../../support/questionnaire-form.js';

const written = ({ body, sha256 }: RuleSet): JsonObject => writeQuestionnaire(body, sha256);

/** The small set, with facts added to it. */
const withFacts = (...facts: readonly JsonObject[]): RuleSet =>
  ruleSetOf(facts.reduce((set, fact) => changed(set, '/facts/-', fact), aRuleSet()));

const items = (set: RuleSet): readonly FormItem[] => allItems(itemsOf(written(set)));

const itemOf = (linkId: string, set = withFacts()): FormItem => {
  const found = items(set).find((item) => item.linkId === linkId);
  if (found === undefined) throw new Error(`there is no item ${linkId}`);
  return found;
};

const answersOf = (linkId: string, set = withFacts()): readonly string[] =>
  (itemOf(linkId, set).answerOption ?? []).map(
    ({ valueCoding: { system, code, display } }) =>
      `${display} = ${code} of ${system.replace(/^.*[:/]/, '')}`,
  );

const UNKNOWN = ['Not sure = asked-unknown of unknown', 'Prefer not to say = declined of unknown'];
const YES_NO = ['Yes = Y of v2-0136', 'No = N of v2-0136', ...UNKNOWN];

const extensionsOf = (linkId: string, set = withFacts()): readonly string[] =>
  (itemOf(linkId, set).extension ?? []).map(({ url, ...value }) => {
    const [held] = Object.values(value);
    const shown = typeof held === 'object' && held !== null && 'code' in held ? held.code : held;
    return `${JSON.stringify(url).replace(/^.*[/]|"$/g, '')} ${JSON.stringify(shown)}`;
  });

describe('the questionnaire of a small set', () => {
  it('is sound, and of the form that the API description gives it', () => {
    expect(questionnaireFaults(written(withFacts()))).toEqual([]);
    expect(questionnaireSchema.safeParse(written(withFacts())).error).toBeUndefined();
  });

  it('names its rule set, its version and its fingerprint', () => {
    const { item, ...head } = written(withFacts());
    expect(item).toBeDefined();
    expect(head).toMatchObject({
      url: 'urn:ketamine-screening:questionnaire:small-set',
      version: '1.0.0',
      name: 'SmallSet',
      status: 'active',
      identifier: [{ system: 'urn:ketamine-screening:rule-set-sha256', value: withFacts().sha256 }],
      purpose: expect.stringContaining('does not replace it') as unknown,
    });
    expect(Object.keys(head)).not.toContain('date');
  });

  it('is a draft where its version is one', () => {
    expect(written(ruleSetOf(aRuleSet({ version: '1.0.0-draft' }))).status).toBe('draft');
  });

  it('asks every fact that is sent under its id, and no derived one', () => {
    const { body } = withFacts();
    const facts = body.facts.map(({ id }) => id);
    const asked = items(withFacts()).filter(({ linkId }) => facts.includes(linkId));
    const sent = body.facts.filter(({ type }) => type !== 'derived');
    expect(asked.map(({ linkId }) => linkId).toSorted()).toEqual(sent.map(({ id }) => id).toSorted());
    expect(asked.every(({ text }) => text.startsWith('What of '))).toBe(true);
  });

  it('does not depend on the order of keys', () => {
    const { body, sha256 } = withFacts();
    const turned = {
      ...body,
      facts: body.facts.map((fact) => Object.fromEntries(Object.entries(fact).toReversed())),
    };
    const set = ruleSetOf(
      JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(turned).toReversed()))) as JsonObject,
    );
    expect(JSON.stringify(writeQuestionnaire(set.body, sha256))).toBe(JSON.stringify(written(withFacts())));
  });
});

describe('the answers to', () => {
  it('a yes-or-no question can say that the fact is unknown', () => {
    expect([itemOf('adult').type, answersOf('adult')]).toEqual(['choice', YES_NO]);
  });

  it('a closed choice are its options, and that the fact is unknown', () => {
    const route = ['label of oral = oral of route', 'label of intravenous = intravenous of route'];
    expect([itemOf('route').type, answersOf('route')]).toEqual(['choice', [...route, ...UNKNOWN]]);
  });

  it('a list are its options, beside the question whether it is whole', () => {
    expect([itemOf('allergies').type, itemOf('allergies').repeats]).toEqual(['choice', true]);
    expect(answersOf('allergies')).toEqual([
      'label of latex = latex of allergies',
      'label of nuts = nuts of allergies',
    ]);
    expect(itemOf('medicines').type).toBe('open-choice');
    expect(answersOf('medicines.complete')).toEqual(YES_NO);
  });

  it('a list of coded options are in the terminology of their codes', () => {
    const code = { system: 'rxnorm', code: '8123', display: 'Drug', status: 'seen' };
    const set = withFacts(aFact.codeList('drugs', ['8123', 'other'], { codes: [code] }));
    expect(answersOf('drugs', set)).toEqual([
      'label of 8123 = 8123 of rxnorm',
      'label of other = other of drugs',
    ]);
    expect(itemOf('drugs', set).code).toBeUndefined();
  });

  it.each(['age', 'urgency', 'lastAttack', 'pressure'])('%s can be left out for a reason', (id) => {
    expect(answersOf(`${id}.unknown`)).toEqual(UNKNOWN);
  });
});

describe('a number', () => {
  it('has its unit and its limits', () => {
    expect([itemOf('age').type, extensionsOf('age')]).toEqual([
      'decimal',
      ['questionnaire-unit "a"', 'minValue 0', 'maxValue 130'],
    ]);
  });

  it('that counts is whole, and has no unit', () => {
    expect([itemOf('urgency').type, extensionsOf('urgency')]).toEqual([
      'integer',
      ['minValue 0', 'maxValue 5'],
    ]);
  });

  it('in one of several units is a quantity, with the unit of the dictionary first', () => {
    const pulse = { unit: '/min', range: { min: 20, max: 300 }, alsoAccepts: { '/s': 60 } };
    const set = withFacts(aFact.number('pulse', pulse));
    expect([itemOf('pulse', set).type, extensionsOf('pulse', set)]).toEqual([
      'quantity',
      ['questionnaire-unitOption "/min"', 'questionnaire-unitOption "/s"'],
    ]);
  });

  it('beyond what an integer holds is a decimal', () => {
    const cells = aFact.number('cells', { integer: true, range: { min: 0, max: 1e12 } });
    expect(itemOf('cells', withFacts(cells)).type).toBe('decimal');
    expect(questionnaireFaults(written(withFacts(cells)))).toEqual([]);
  });
});

describe('a series', () => {
  it('is a group that is repeated, with the time and the components of a reading', () => {
    const { type, repeats, item = [] } = itemOf('pressure');
    expect([type, repeats, extensionsOf('pressure')]).toEqual([
      'group',
      true,
      ['questionnaire-maxOccurs 200'],
    ]);
    expect(item.map(({ linkId, type: one, text }) => [linkId, one, text])).toEqual([
      ['pressure.takenAt', 'dateTime', 'When was this reading taken?'],
      ['pressure.reading.systolic', 'quantity', 'Systolic'],
      ['pressure.reading.diastolic', 'quantity', 'Diastolic'],
    ]);
  });

  it('gives each component the codes that name it', () => {
    const codes = ['Blood pressure panel', 'Systolic blood pressure'].map((display, index) => ({
      system: 'loinc',
      code: String(index),
      display,
      status: 'seen',
    }));
    const set = withFacts(aFact.pressure('own', { codes }));
    expect(itemOf('own', set).code).toMatchObject([{ system: 'http://loinc.org', code: '0' }]);
    expect(itemOf('own.reading.systolic', set).code).toMatchObject([{ code: '1' }]);
    expect(itemOf('own.reading.diastolic', set).code).toBeUndefined();
  });
});

describe('a question', () => {
  it('has its help beside it, and its codes in their systems', () => {
    const coded = (['snomed', 'icd10cm', 'loinc', 'rxnorm'] as const).map((system) => ({
      system,
      code: 'I10',
      display: 'Pressure',
      status: 'seen',
    }));
    const { code = [], item = [] } = itemOf(
      'ill',
      withFacts(aFact.boolean('ill', { codes: coded, help: 'Now.' })),
    );
    expect(code.map(({ system }) => system)).toEqual([
      'http://snomed.info/sct',
      'http://hl7.org/fhir/sid/icd-10-cm',
      'http://loinc.org',
      'http://www.nlm.nih.gov/research/umls/rxnorm',
    ]);
    expect(item.map(({ linkId, type, text }) => [linkId, type, text])).toEqual([
      ['ill.help', 'display', 'Now.'],
    ]);
  });
});
