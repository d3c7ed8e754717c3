import { describe, expect, it } from 'vitest';
import { readFacts } from '../../../src/formats/intake/read-facts.js';
import { writeAnswer, writeFindings } from '../../../src/formats/intake/write-answer.js';
import { writeNext } from '../../../src/formats/intake/write-next.js';
import type { Decision } from '../../../src/screening/decision.js';
import { screen } from '../../../src/screening/screen.js';
import type { JsonObject } from '../../../src/values/json.js';
import { aRule, aRuleSet, at, changed, is, ruleSetOf } from '../../support/builders.js';

const ruleSet = ruleSetOf(aRuleSet());
const asOf = at('2026-11-22T09:30:00Z');

const decisionOn = (facts: JsonObject, more: Partial<Decision> = {}): Decision => {
  const read = readFacts(facts, ruleSet.body, asOf);
  return {
    id: 'an-id',
    subject: null,
    supersedes: null,
    asOf,
    evaluatedAt: at('2026-11-22T09:30:01.250Z'),
    retrospective: false,
    ruleSet,
    approval: 'nobody',
    engine: '1.0.0',
    unmapped: read.unmapped,
    dataQuality: read.dataQuality,
    screening: screen(ruleSet.body, read.facts, asOf),
    ...more,
  };
};

const pressure = [
  { systolic: 168, diastolic: 96, unit: 'mm[Hg]', takenAt: '2026-11-20T10:00:00Z' },
  { systolic: 164, diastolic: 98, unit: 'mm[Hg]', takenAt: '2026-11-20T10:05:00Z' },
];

const answer = writeAnswer(decisionOn({ adult: true, pressure, medicines: ['6813', '9999'] }));

/** Every key of an answer by contract 4, but for those that are there only where they were sent. */
const KEYS = [
  ...['id', 'verdict', 'bounds', 'reasons', 'precautions', 'missing', 'alsoUseful', 'undetermined'],
  ...['dataQuality', 'unmapped', 'validUntil', 'expired', 'retrospective', 'ruleSet', 'engine', 'notice'],
  ...['asOf', 'evaluatedAt'],
];

describe('an answer', () => {
  it('has every key of the contract, and no other', () => {
    expect(Object.keys(answer).toSorted()).toEqual(KEYS.toSorted());
  });

  it('has the subject and the decision that it supersedes where they were sent', () => {
    const sent = writeAnswer(decisionOn({}, { subject: 'pt-8841', supersedes: 'another-id' }));
    expect(sent).toMatchObject({ subject: 'pt-8841', supersedes: 'another-id' });
  });

  it('says what was decided, by what, and when', () => {
    expect(answer).toMatchObject({
      verdict: 'incomplete',
      bounds: { floor: 'review', ceiling: 'ineligible' },
      unmapped: ['9999'],
      validUntil: '2026-12-20T10:00:00Z',
      expired: false,
      ruleSet: { id: 'small-set', version: '1.0.0', sha256: ruleSet.sha256, approval: 'nobody' },
      engine: '1.0.0',
      asOf: '2026-11-22T09:30:00Z',
      evaluatedAt: '2026-11-22T09:30:01.250Z',
    });
  });

  it('says that it is for health professionals and replaces no judgement', () => {
    expect(answer.notice).toMatch(/health professionals.*does not replace/s);
  });

  it('names the data that a clinician should look at', () => {
    expect(answer.dataQuality).toMatchObject([{ pointer: '/facts/medicines', code: 'unplaced-code' }]);
  });
});

describe('a reason', () => {
  it('has its evidence, with a pointer into the intake', () => {
    const [reason] = answer.reasons as readonly JsonObject[];
    expect(reason).toMatchObject({ rule: 'high-pressure', domain: 'heart', severity: 'relative' });
    expect(reason?.evidence).toEqual([
      {
        fact: 'pressure',
        pointer: '/facts/pressure',
        value: 166,
        unit: 'mm[Hg]',
        test: 'mean systolic of the latest sitting >= 160',
        derived: { fact: 'meanSystolic', value: 166, unit: 'mm[Hg]' },
      },
    ]);
  });

  it('has its words and its citations, with what the bibliography says of the source', () => {
    const [reason] = answer.reasons as readonly JsonObject[];
    expect(reason).toMatchObject({
      title: 'A title',
      explanation: 'An explanation.',
      action: 'An action.',
      citations: [{ source: 'guide', title: 'A guide', year: 2025, locator: 'page 7', basis: 'seen' }],
    });
  });

  it('that a gate gave points at the gate, which was sent', () => {
    const careful = aRule('careful', 'precaution', { not: is('heartFailure') });
    const { body } = ruleSetOf(changed(aRuleSet(), '/rules/-', careful));
    const { facts } = readFacts({ heartDisease: false }, body, asOf);
    const written = writeAnswer(decisionOn({}, { screening: screen(body, facts, asOf) }));
    const [precaution] = written.precautions as readonly { evidence: unknown }[];
    expect(precaution?.evidence).toMatchObject([
      { fact: 'heartFailure', pointer: '/facts/heartDisease', value: false, settledBy: 'heartDisease' },
    ]);
  });
});

describe('what is missing', () => {
  it('has its question, and what it takes', () => {
    const { missing } = writeAnswer(
      decisionOn({ adult: true, heartDisease: false, pressure: pressure.slice(1) }),
    );
    expect(missing).toMatchObject([
      {
        fact: 'pressure',
        question: 'What of pressure?',
        couldMake: 'ineligible',
        rules: ['severe-pressure', 'high-pressure'],
        reason: 'too-few',
        need: { readings: 2, within: 'P30D' },
      },
      { fact: 'age', reason: 'not-asked' },
      { fact: 'route', reason: 'not-asked' },
    ]);
  });
});

describe('an answer that is over when it is sent', () => {
  it.each([
    ['2026-12-20T09:59:59.999Z', false],
    ['2026-12-20T10:00:00Z', true],
  ])('by %s says so: %s', (evaluatedAt, expired) => {
    expect(
      writeAnswer(decisionOn({ adult: true, pressure }, { evaluatedAt: at(evaluatedAt) })),
    ).toMatchObject({
      validUntil: '2026-12-20T10:00:00Z',
      expired,
    });
  });

  it('never is where nothing can change it', () => {
    const late = { evaluatedAt: at('2030-01-01T00:00:00Z') };
    expect(writeAnswer(decisionOn({}, late))).toMatchObject({ validUntil: null, expired: false });
  });
});

describe('the findings', () => {
  it('hold every rule with its truth, the scope first', () => {
    const findings = writeFindings(decisionOn({ adult: true })) as readonly JsonObject[];
    expect(findings).toHaveLength(ruleSet.body.rules.length + 1);
    expect(findings[0]).toEqual({ rule: 'outside-scope', severity: 'relative', truth: 'false' });
  });
});

describe('what to ask next', () => {
  it('holds no verdict, no bounds and no reasons', () => {
    const { screening } = decisionOn({ adult: true });
    const next = writeNext({ screening, ruleSet, approval: 'nobody', asOf });
    expect(Object.keys(next).toSorted()).toEqual(['alsoUseful', 'asOf', 'missing', 'ruleSet']);
  });
});
