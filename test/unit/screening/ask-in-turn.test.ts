import { describe, expect, it } from 'vitest';
import { askInTurn } from '../../../src/screening/ask-in-turn.js';
import type { Facts } from '../../../src/screening/facts.js';
import { aFact, aRule, aSetOf, at, is, known } from '../../support/builders.js';

const AS_OF = at('2026-11-22T09:30:00Z');

const BODY = aSetOf(
  [
    aFact.boolean('heartDisease', { gate: ['angina', 'heartFailure'] }),
    aFact.boolean('angina'),
    aFact.boolean('heartFailure'),
    aFact.boolean('fever'),
  ],
  [
    aRule('angina', 'absolute', is('angina')),
    aRule('heart-failure', 'relative', is('heartFailure')),
    aRule('fever', 'relative', is('fever')),
    aRule('unspecified', 'relative', {
      all: [is('heartDisease'), { not: { any: [is('angina'), is('heartFailure')] } }],
    }),
  ],
);

const asked = (patient: Facts): readonly [readonly string[], string] => {
  const said = askInTurn(BODY, patient, AS_OF);
  return [said.asked, said.screening.verdict];
};

describe('asking in turn', () => {
  it('asks the gate first, and spares what its no settles', () => {
    const clear = { adult: known.yes, heartDisease: known.no, fever: known.no };
    expect(asked(clear)).toEqual([['heartDisease', 'adult', 'fever'], 'eligible']);
  });

  it('stops at the first answer that is final', () => {
    expect(asked({ adult: known.yes, heartDisease: known.yes, angina: known.yes })).toEqual([
      ['heartDisease', 'angina'],
      'ineligible',
    ]);
  });

  it('asks nothing twice of someone who does not say, and ends incomplete', () => {
    const silent = { adult: known.yes, heartDisease: known.no, fever: known.declined };
    expect(asked(silent)).toEqual([['heartDisease', 'adult', 'fever'], 'incomplete']);
    expect(askInTurn(BODY, silent, AS_OF).screening.missing).toMatchObject([
      { fact: 'fever', reason: 'declined' },
    ]);
  });

  it('takes what a patient leaves out for not known, not for no', () => {
    const [facts, verdict] = asked({ adult: known.yes });
    expect([facts.toSorted(), verdict]).toEqual([
      ['adult', 'angina', 'fever', 'heartDisease', 'heartFailure'],
      'incomplete',
    ]);
  });

  it('asks on below a gate that the patient does not know', () => {
    const unsure = { adult: known.yes, heartDisease: known.askedUnknown, fever: known.no };
    expect(asked({ ...unsure, angina: known.yes })).toEqual([['heartDisease', 'angina'], 'ineligible']);
    expect(asked({ ...unsure, angina: known.no, heartFailure: known.no })[1]).toBe('incomplete');
  });

  it('lets no gate settle a particular that the patient is unsure of', () => {
    const unsure = { adult: known.yes, heartDisease: known.no, angina: known.askedUnknown, fever: known.no };
    expect(asked(unsure)).toEqual([['heartDisease', 'angina', 'adult', 'fever'], 'incomplete']);
  });
});
