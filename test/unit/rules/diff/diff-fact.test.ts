import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../src/values/json.js';
import { aFact, aRuleSet, changed, is } from '../../../support/builders.js';
import { changesAt, changesBetween, places, told } from './edited.js';

const CODE: JsonObject = { system: 'snomed', code: '22298006', display: 'Heart attack', status: 'to-check' };

const OTHER: JsonObject = { ...CODE, system: 'icd10cm', code: 'I21', match: 'prefix' };

/** The small rule set, in which `angina` has two codes. */
const coded = changed(aRuleSet(), '/facts/6/codes', [CODE, OTHER]);

type Row = readonly [what: string, pointer: string, value: JsonValue | undefined, expected: string];

describe('a fact that is sent', () => {
  it.each<Row>([
    [
      'a question',
      '/facts/0/question',
      'Are you an adult?',
      'question words: fact `adult`: question changed from "What of adult?" to "Are you an adult?"',
    ],
    ['help', '/facts/0/help', 'From 18.', 'question words: fact `adult`: help added: "From 18."'],
    [
      'what it is about',
      '/facts/4/about',
      'treatment',
      'about words: fact `allergies`: what it is about changed from `patient` to `treatment`',
    ],
    [
      'a limit',
      '/facts/1/range/max',
      120,
      'range logic: fact `age`: upper physical limit lowered from 130 to 120',
    ],
    [
      'whole numbers',
      '/facts/1/integer',
      true,
      'range logic: fact `age`: restriction to whole numbers added: true',
    ],
    [
      'an accepted unit',
      '/facts/1/alsoAccepts',
      { mo: 0.0833333333 },
      'unit logic: fact `age`: accepted unit added: {"mo":0.0833333333}',
    ],
    [
      'accepted units of which there are none',
      '/facts/1/alsoAccepts',
      {},
      'unit logic: fact `age`: accepted unit added: {}',
    ],
    [
      'an option that came',
      '/facts/4/options/-',
      { code: 'dust', label: 'Dust' },
      'options logic: fact `allergies`: option `dust` added',
    ],
    [
      'the words of an option',
      '/facts/2/options/0/label',
      'Swallowed',
      'options words: fact `route`, option `oral`: label changed from "label of oral" to "Swallowed"',
    ],
    [
      'that a list is closed now',
      '/facts/3/open',
      false,
      'options logic: fact `medicines`: whether the list is open changed from true to false',
    ],
    [
      'what it is a detail of',
      '/facts/8/detailOf',
      'heartFailure',
      'detail logic: fact `lastAttack`: what it is a detail of changed from `angina` to `heartFailure`',
    ],
    [
      'that it is no detail any more',
      '/facts/8/detailOf',
      undefined,
      'detail logic: fact `lastAttack`: what it is a detail of removed: `angina`',
    ],
    [
      'a limit of a component',
      '/facts/9/components/systolic/range/min',
      30,
      'range logic: fact `pressure`, component `systolic`: lower physical limit raised from 20 to 30',
    ],
    [
      'a factor of a component',
      '/facts/9/components/systolic/alsoAccepts/kPa',
      7.500637555,
      'unit logic: fact `pressure`, component `systolic`, accepted unit `kPa`: factor raised from 7.500637554 to 7.500637555',
    ],
    [
      'a component that came',
      '/facts/9/components/pulse',
      { unit: '1', range: { min: 0, max: 9 } },
      'components logic: fact `pressure`, component `pulse`: component added: {"range":{"max":9,"min":0},"unit":"1"}',
    ],
    [
      'that components have no order',
      '/facts/9/ordered',
      undefined,
      'components logic: fact `pressure`: which component is the greater removed: [{"greater":"systolic","lesser":"diastolic"}]',
    ],
    ['codes of which there are none', '/facts/0/codes', [], 'codes logic: fact `adult`: codes added: []'],
  ])('tells %s', (_what, pointer, value, expected) => {
    expect(told(changesAt(pointer, value))).toEqual([expected]);
  });

  it('tells what a gate settles', () => {
    const narrow = changed(aRuleSet(), '/facts/5/gate', ['angina']);
    const from = changed(narrow, '/rules/3/criterion/all/1/not/any', [is('angina')]);
    expect(told(changesBetween(from, aRuleSet()))).toEqual([
      'criterion logic: rule `heart-disease-unspecified`: part added to the criterion: `heartFailure` is true',
      'gate logic: fact `heartDisease`: particulars that it settles: added `heartFailure`',
    ]);
  });

  it('tells another domain', () => {
    const from = changed(aRuleSet(), '/domains/-', {
      id: 'mind',
      title: 'Mind',
      description: 'Of the mind.',
    });
    expect(told(changesBetween(from, changed(from, '/facts/0/domain', 'mind')))).toEqual([
      'domain words: fact `adult`: domain changed from `heart` to `mind`',
    ]);
  });

  it('tells another type, with all that came and went by it', () => {
    expect(told(changesAt('/facts/4', aFact.number('allergies')))).toEqual([
      'type logic: fact `allergies`: type changed from `codeList` to `number`',
      'unit logic: fact `allergies`: unit added: `1`',
      'range logic: fact `allergies`: physical limits added: {"max":100,"min":0}',
      'options logic: fact `allergies`: options removed: [{"code":"latex","label":"label of latex"},{"code":"nuts","label":"label of nuts"}]',
      'options logic: fact `allergies`: whether the list is open removed: false',
    ]);
  });

  it('tells another unit with all that it changes in facts and rules', () => {
    const kilo = (set: JsonObject, at: string, more: JsonObject): JsonObject => changed(set, at, more);
    const dose = aFact.number('dose', { unit: 'mg' });
    const test = { fact: 'dose', compare: '>', value: 70, unit: 'mg', source: 'guide' };
    const from = kilo(kilo(aRuleSet(), '/facts/-', dose), '/rules/4/criterion', test);
    const to = kilo(changed(from, '/facts/13/unit', 'g'), '/rules/4/criterion', {
      ...test,
      value: 0.07,
      unit: 'g',
    });
    expect(told(changesBetween(from, to))).toEqual([
      'threshold logic: rule `heart-failure`: threshold of `dose` changed from 70 mg to 0.07 g',
      'unit logic: rule `heart-failure`: unit of the threshold of `dose` changed from `mg` to `g`',
      'unit logic: fact `dose`: unit changed from `mg` to `g`',
    ]);
  });
});

describe('the codes of a fact', () => {
  it.each<Row>([
    [
      'one that came',
      '/facts/6/codes/-',
      { ...CODE, code: '7' },
      'codes logic: fact `angina`: code `snomed 7` added',
    ],
    [
      'another display, which is words',
      '/facts/6/codes/0/display',
      'MI',
      'codes words: fact `angina`, code `snomed 22298006`: display changed from "Heart attack" to "MI"',
    ],
    [
      'that it was seen, which is words',
      '/facts/6/codes/0/status',
      'seen',
      'codes words: fact `angina`, code `snomed 22298006`: status changed from `to-check` to `seen`',
    ],
    [
      'how much it takes in',
      '/facts/6/codes/1/match',
      'exact',
      'codes logic: fact `angina`, code `icd10cm I21`: match changed from `prefix` to `exact`',
    ],
    [
      'what it leaves out',
      '/facts/6/codes/1/except',
      ['I21.9'],
      'codes logic: fact `angina`, code `icd10cm I21`: exceptions: added `I21.9`',
    ],
    ['another order', '/facts/6/codes', [OTHER, CODE], 'order words: fact `angina`: codes in another order'],
  ])('tell %s', (_what, pointer, value, expected) => {
    expect(told(changesBetween(coded, changed(coded, pointer, value)))).toEqual([expected]);
  });
});

describe('a fact that is derived', () => {
  const POINTS = '/facts/12/derive/sum';

  it.each<Row>([
    [
      'its label',
      '/facts/11/label',
      'the mean',
      'wording words: fact `meanSystolic`: label changed from "mean systolic of the latest sitting" to "the mean"',
    ],
    [
      'a window',
      '/facts/11/derive/mean/within',
      'P14D',
      'derivation logic: fact `meanSystolic`: window changed from `P30D` to `P14D`',
    ],
    [
      'a sitting that may last as long as the window',
      '/facts/11/derive/mean/sitting',
      undefined,
      'derivation logic: fact `meanSystolic`: length of a sitting removed: `PT1H`',
    ],
    [
      'how many readings it takes',
      '/facts/11/derive/mean/minReadings',
      3,
      'derivation logic: fact `meanSystolic`: number of readings that it takes raised from 2 to 3',
    ],
    [
      'another component',
      '/facts/11/derive/mean/component',
      'diastolic',
      'derivation logic: fact `meanSystolic`: derivation changed from mean of `pressure` systolic within P30D in a sitting of PT1H from 2 readings to mean of `pressure` diastolic within P30D in a sitting of PT1H from 2 readings',
    ],
    [
      'the points of a yes',
      `${POINTS}/0/points/true`,
      3,
      'derivation logic: fact `score`: points of a yes raised from 2 to 3',
    ],
    [
      'the points of an answer',
      `${POINTS}/1/points/answers/oral`,
      1,
      'derivation logic: fact `score`, answer `oral`: points raised from 0 to 1',
    ],
    [
      'the bands of a number',
      `${POINTS}/2/points/bands/1/from`,
      70,
      'derivation logic: fact `score`: bands changed from [{"points":0},{"from":65,"points":1},{"above":75,"points":4}] to [{"points":0},{"from":70,"points":1},{"above":75,"points":4}]',
    ],
    [
      'a term that came',
      `${POINTS}/-`,
      { number: 2, unit: '1' },
      'derivation logic: fact `score`: part added to the derivation: 2',
    ],
    [
      'one form for another',
      '/facts/12/derive',
      {
        ratio: [{ fact: 'age' }, { number: 2, unit: 'a' }],
      },
      'derivation logic: fact `score`: derivation changed from sum of (points of `angina`; points of `route`; points of `age`) to ratio of (`age`; 2 a)',
    ],
  ])('tells %s', (_what, pointer, value, expected) => {
    expect(told(changesAt(pointer, value))).toEqual([expected]);
  });

  it('tells a fixed number where it is', () => {
    const literal = (number: number): JsonObject =>
      changed(aRuleSet(), '/facts/12/derive', { product: [{ number, unit: '1' }, { fact: 'age' }] });
    const unit = (set: JsonObject): JsonObject =>
      changed(changed(set, '/facts/12/unit', 'a'), '/rules/5/criterion/unit', 'a');
    const changes = changesBetween(unit(literal(2)), unit(literal(2.5)));
    expect(told(changes)).toEqual(['derivation logic: fact `score`: fixed number raised from 2 to 2.5']);
    expect(places(changes)).toEqual(['/facts/12/derive/product/0/number /facts/12/derive/product/0/number']);
  });
});
