import type { JsonObject } from '../../../src/values/json.js';
import { aFact, aRuleSet, changed, is } from '../../support/builders.js';
import type { Mistakes } from './planted-mistakes.js';

const sum = (...terms: JsonObject[]): JsonObject => aFact.derived('another', { sum: terms });

const ofPressure = (reading: JsonObject): JsonObject =>
  aFact.derived(
    'another',
    { latest: { series: 'pressure', component: 'systolic', within: 'P30D', ...reading } },
    { unit: 'mm[Hg]' },
  );

const bands = (...list: JsonObject[]): JsonObject => sum({ points: { fact: 'age', bands: list } });

const fraction = (divisor: JsonObject): JsonObject =>
  aFact.derived('another', { ratio: [{ fact: 'urgency' }, divisor] });

/** The facts of the small set, with the two particulars of its gate in domains of their own. */
const IN_THREE_DOMAINS =
  changed(changed(aRuleSet(), '/facts/6/domain', 'lungs'), '/facts/7/domain', 'kidney').facts ?? null;

/** Mistakes in facts. The small set has 13 facts, so one that is appended is number 13. */
export const MISTAKES_IN_FACTS: Mistakes = {
  'not-in-the-language': {
    'an id that is not camelCase': ['/facts/0/id', 'Adult'],
    'an unknown type': ['/facts/0/type', 'bool'],
    'a gate on a date': ['/facts/8/gate', ['angina'], '/facts/8'],
    'a question on a derived fact': ['/facts/12/question', 'Why?', '/facts/12'],
  },
  'duplicate-id': {
    'a fact id twice': ['/facts/-', aFact.boolean('adult'), '/facts/13/id'],
  },
  'unknown-fact': {
    'a detail of no fact': ['/facts/8/detailOf', 'angena'],
    'a contradiction by no fact': [
      '/facts/0/contradictedBy',
      [{ answer: true, when: is('angena') }],
      '/facts/0/contradictedBy/0/when/fact',
    ],
    'a sum over no fact': ['/facts/-', sum({ fact: 'weight' }), '/facts/13/derive'],
    'a reading of no series': ['/facts/-', ofPressure({ series: 'presure' }), '/facts/13/derive'],
  },
  'wrong-type': {
    'a sum over a boolean': ['/facts/-', sum({ fact: 'angina' }), '/facts/13/derive'],
    'points of yes and no for a number': [
      '/facts/-',
      sum({ points: { fact: 'age', true: 1, false: 0 } }),
      '/facts/13/derive',
    ],
    'points of answers for a boolean': [
      '/facts/-',
      sum({ points: { fact: 'angina', answers: { yes: 1 } } }),
      '/facts/13/derive',
    ],
    'a detail of a number': ['/facts/8/detailOf', 'age'],
  },
  'unknown-code': {
    'points for an answer that there is not': [
      '/facts/12/derive/sum/1/points/answers/nasal',
      1,
      '/facts/12/derive',
    ],
    'an answer that is no option': [
      '/facts/2/contradictedBy',
      [{ answer: 'nasal', when: is('angina') }],
      '/facts/2/contradictedBy/0/answer',
    ],
  },
  'unknown-component': {
    'an order of no component': ['/facts/9/ordered/0/greater', 'pulse', '/facts/9/ordered/0'],
  },
  'unknown-source': {
    'a derived fact of no source': ['/facts/12/source', 'nowhere'],
    'a contradiction by a number of no source': [
      '/facts/0/contradictedBy',
      [{ answer: true, when: { fact: 'age', compare: '<', value: 18, unit: 'a', source: 'nowhere' } }],
      '/facts/0/contradictedBy/0/when/source',
    ],
  },
  'unknown-unit': {
    'a unit that UCUM does not know': ['/facts/1/unit', 'yrs'],
    'a component in no unit': ['/facts/9/components/systolic/unit', 'mmHg'],
    'a derived fact in no unit': ['/facts/12/unit', 'points'],
    'a factor from a unit of another kind': ['/facts/1/alsoAccepts', { kPa: 2 }],
  },
  'unit-mismatch': {
    'a factor that UCUM does not confirm': ['/facts/1/alsoAccepts', { mo: 0.083 }],
    'a factor of six digits': [
      '/facts/9/components/systolic/alsoAccepts/kPa',
      7.50062,
      '/facts/9/components/systolic/alsoAccepts',
    ],
    'a sum of unlike units': ['/facts/-', sum({ fact: 'urgency' }, { fact: 'age' }), '/facts/13/derive'],
    'a product in another unit than declared': [
      '/facts/-',
      aFact.derived('another', { product: [{ fact: 'age' }, { fact: 'age' }] }, { unit: 'a' }),
      '/facts/13/unit',
    ],
  },
  'divisor-may-be-zero': {
    'a divisor that can be nought': ['/facts/-', fraction({ fact: 'urgency' }), '/facts/13/derive'],
    'a divisor that is nought once rounded': [
      '/facts/-',
      fraction({ product: [{ number: 0.0000004, unit: '1' }] }),
      '/facts/13/derive',
    ],
  },
  'bad-range': {
    'a range upside down': ['/facts/1/range', { min: 130, max: 0 }],
    'a range of one number': ['/facts/9/components/diastolic/range', { min: 80, max: 80 }],
  },
  'bad-bands': {
    'a first band with a bound': [
      '/facts/-',
      bands({ from: 5, points: 0 }, { from: 9, points: 1 }),
      '/facts/13/derive',
    ],
    'a later band without a bound': ['/facts/-', bands({ points: 0 }, { points: 1 }), '/facts/13/derive'],
    'bands that fall': [
      '/facts/-',
      bands({ points: 0 }, { from: 9, points: 1 }, { from: 5, points: 2 }),
      '/facts/13/derive',
    ],
    'two bands from one bound': [
      '/facts/-',
      bands({ points: 0 }, { from: 9, points: 1 }, { from: 9, points: 2 }),
      '/facts/13/derive',
    ],
    'a from after an above of one bound': [
      '/facts/-',
      bands({ points: 0 }, { above: 9, points: 1 }, { from: 9, points: 2 }),
      '/facts/13/derive',
    ],
  },
  'points-missing': {
    'an option without points': ['/facts/12/derive/sum/1/points/answers', { oral: 0 }, '/facts/12/derive'],
  },
  'bad-gate': {
    'a gate over no fact': ['/facts/5/gate/-', 'heartFailur', '/facts/5/gate/2'],
    'a gate over a date': ['/facts/5/gate/-', 'lastAttack', '/facts/5/gate/2'],
    'a gate over what was declared before it': ['/facts/5/gate/-', 'adult', '/facts/5/gate/2'],
    'a gate over a gate, which takes its particular too': [
      '/facts/6/gate',
      ['heartFailure'],
      '/facts/5/gate/0',
      ['bad-gate /facts/5/gate/1', 'bad-gate /facts/6/gate/0', 'gate-without-rule /facts/6/gate'],
    ],
    'a gate over what is about the treatment': ['/facts/7/about', 'treatment', '/facts/5/gate/1'],
    'a gate over what is never to be gated': ['/facts/6/neverGated', true, '/facts/5/gate/0'],
    'a gate over three domains': ['/facts', IN_THREE_DOMAINS, '/facts/5/gate'],
    'two gates over one particular': [
      '/facts/0/gate',
      ['angina'],
      '/facts/5/gate/0',
      ['bad-gate /facts/0/gate/0', 'gate-without-rule /facts/0/gate'],
    ],
  },
  'gate-without-rule': {
    'a gate without its rule': ['/rules/3/criterion', is('heartFailure'), '/facts/5/gate'],
    'a gate whose rule is a precaution': ['/rules/3/severity', 'precaution', '/facts/5/gate'],
    'a gate whose rule asks for something else too': [
      '/rules/3/criterion/all/-',
      is('adult'),
      '/facts/5/gate',
    ],
  },
  'bad-order': {
    'a detail before its whole': ['/facts/1/detailOf', 'angina'],
    'a detail of itself': ['/facts/6/detailOf', 'angina'],
    'an answer that is contradicted by itself': [
      '/facts/0/contradictedBy',
      [{ answer: true, when: { not: is('adult') } }],
      '/facts/0/contradictedBy/0/when/not/fact',
    ],
    'a derived fact of itself': ['/facts/-', sum({ fact: 'another' }), '/facts/13/derive'],
  },
};
