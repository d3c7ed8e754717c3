import { describe, expect, it } from 'vitest';
import { pageOfSet, partAt } from '../../../support/book-page.js';
import { aFact, aRule, aRuleSet, changed, is } from '../../../support/builders.js';

describe('a fact', () => {
  const ask = aFact.boolean('asked', {
    help: 'Some help',
    codes: [
      {
        system: 'icd10cm',
        code: 'I20',
        display: 'Angina',
        status: 'to-check',
        match: 'prefix',
        except: ['I20.1', 'I20.2'],
      },
      { system: 'loinc', code: '1-1', display: 'Other', status: 'seen' },
    ],
  });
  const set = changed(
    changed(aRuleSet(), '/facts/-', ask),
    '/rules/-',
    aRule('asks', 'relative', is('asked')),
  );
  const textAt = (id: string): string =>
    partAt(pageOfSet(set), id)
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ');

  it('has its question, help and codes, each with its status and exceptions', () => {
    expect(textAt('fact-asked')).toContain('What of asked? Some help Answer Yes or no Codes ICD-10-CM');
    expect(textAt('fact-asked')).toContain(
      'I20 Angina to check and every code that begins with it; except I20.1 , I20.2 LOINC 1-1 Other seen',
    );
    expect(textAt('fact-asked')).toContain('Tested by asks');
  });

  it('has its unit, its range, its options and its windows', () => {
    expect(textAt('fact-age')).toContain('Range from 0 to 130 years; unit: years (UCUM a)');
    expect(textAt('fact-urgency')).toContain('a whole number, from 0 to 5 (no unit); unit: no unit');
    expect(textAt('fact-route')).toContain('label of oral oral');
    expect(textAt('fact-medicines')).toContain('Any other code is taken too');
    expect(textAt('fact-allergies')).toContain('No other code is taken.');
    expect(textAt('fact-pressure')).toContain('also taken in kPa, times 7.500637554');
    expect(textAt('fact-pressure')).toContain('systolic is greater than diastolic');
    expect(textAt('fact-pressure')).toContain('Freshness meanSystolic : readings less than 30 days old;');
  });

  it('tells of gates and details on both sides', () => {
    expect(textAt('fact-heartDisease')).toContain(
      'each of these that was not sent is no: angina , heartFailure',
    );
    expect(textAt('fact-angina')).toContain(
      'No, where it was not sent and this is known to be no: heartDisease',
    );
    expect(textAt('fact-angina')).toContain('Has the details lastAttack');
    expect(textAt('fact-lastAttack')).toContain('A detail of angina');
  });

  it('says how a derived number is computed, according to whom, and behind which rules', () => {
    expect(textAt('fact-score')).toContain('Computed, never sent. Unit: no unit');
    expect(textAt('fact-score')).toContain('According to guide Tested by high-score');
    expect(textAt('fact-route')).toContain('Behind through a computed number or a gate: high-score');
  });
});
