import { describe, expect, it } from 'vitest';
import type { FactValue, Facts } from '../../../src/screening/facts.js';
import type { Screening } from '../../../src/screening/screen.js';
import { aFact, aRule, is, known } from '../../support/builders.js';
import { screened } from './small-screen.js';

const facts = [
  aFact.boolean('heartDisease', { gate: ['angina', 'heartFailure'] }),
  aFact.boolean('angina'),
  aFact.boolean('heartFailure'),
];

const rules = [
  aRule('angina', 'absolute', is('angina')),
  aRule('heart-failure', 'relative', is('heartFailure')),
  aRule('unspecified', 'relative', {
    all: [is('heartDisease'), { not: { any: [is('angina'), is('heartFailure')] } }],
  }),
];

const of = (sent: Facts): Screening => screened({ facts, rules, sent });

const truths = (sent: Facts): readonly string[] =>
  of(sent)
    .findings.slice(1)
    .map(({ truth }) => truth);

describe('a gate that is false', () => {
  it('settles every particular that was not sent', () => {
    expect(truths({ heartDisease: known.no })).toEqual(['false', 'false', 'false']);
    expect(of({ heartDisease: known.no }).verdict).toBe('eligible');
  });

  it.each<[string, FactValue]>([
    ['declined', known.declined],
    ['asked and unknown', known.askedUnknown],
    ['unreadable', { kind: 'unknown', reason: 'unreadable' }],
    ['conflicting', { kind: 'unknown', reason: 'conflicting' }],
  ])('leaves a particular that was sent as %s unknown', (_what, angina) => {
    expect(truths({ heartDisease: known.no, angina })).toEqual(['unknown', 'false', 'false']);
  });

  it('never overrules a particular that is true', () => {
    expect(of({ heartDisease: known.no, angina: known.yes }).verdict).toBe('ineligible');
  });
});

describe('a gate that is true', () => {
  it('with no particular true is a reason by itself', () => {
    const sent = { heartDisease: known.yes, angina: known.no, heartFailure: known.no };
    expect(of(sent).reasons.map(({ rule }) => rule.id)).toEqual(['unspecified']);
  });

  it('settles no particular', () => {
    expect(truths({ heartDisease: known.yes })).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('with a particular true leaves the reason to that one', () => {
    const sent = { heartDisease: known.yes, angina: known.no, heartFailure: known.yes };
    expect(of(sent).reasons.map(({ rule }) => rule.id)).toEqual(['heart-failure']);
  });

  it('is not asked for again', () => {
    const asked = of({ heartDisease: known.yes }).missing.map(({ fact }) => fact);
    expect(asked).toEqual(['angina', 'heartFailure']);
  });
});

describe('a gate that is not known', () => {
  it('settles nothing', () => {
    expect(truths({})).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('is asked for with the particulars under it', () => {
    const asked = of({}).missing.map(({ fact, couldMake }) => `${fact} ${couldMake}`);
    expect(asked).toEqual(['heartDisease ineligible', 'angina ineligible', 'heartFailure review']);
  });

  it('is not asked for by a particular that was sent as unknown, which it could not settle', () => {
    const sent = { heartDisease: known.declined, angina: known.declined, heartFailure: known.no };
    const gate = of(sent).missing.find(({ fact }) => fact === 'heartDisease');
    expect(gate?.rules).toEqual(['unspecified']);
  });
});

describe('the evidence where a gate has answered', () => {
  it('names the gate', () => {
    const notFailing = aRule('not-failing', 'precaution', { not: is('heartFailure') });
    const { precautions } = screened({
      facts,
      rules: [...rules, notFailing],
      sent: { heartDisease: known.no },
    });
    expect(precautions[0]?.evidence).toEqual([
      { fact: 'heartFailure', value: false, test: 'not: heartFailure is true', settledBy: 'heartDisease' },
    ]);
  });
});
