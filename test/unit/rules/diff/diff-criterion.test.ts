import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/values/json.js';
import { compare, elapsed, is } from '../../../support/builders.js';
import { criterionChanges, places, told } from './edited.js';

type Row = readonly [what: string, from: JsonObject, to: JsonObject, expected: readonly string[]];

const age = (op: string, value: number): JsonObject => compare('age', op, value, 'a');

const all = (...parts: readonly JsonObject[]): JsonObject => ({ all: parts });

const any = (...parts: readonly JsonObject[]): JsonObject => ({ any: parts });

const expectTold = (_what: string, from: JsonObject, to: JsonObject, expected: readonly string[]): void => {
  expect(told(criterionChanges(from, to))).toEqual(expected);
};

describe('a test of one fact', () => {
  it.each<Row>([
    [
      'a threshold that is raised',
      age('>=', 65),
      age('>=', 70),
      ['threshold logic: rule `asked`: threshold of `age` raised from 65 to 70 a'],
    ],
    [
      'a threshold that is lowered by very little',
      compare('ratio', '<', 1.5),
      compare('ratio', '<', 1.499999),
      ['threshold logic: rule `asked`: threshold of `ratio` lowered from 1.5 to 1.499999'],
    ],
    [
      'a limit that now counts itself',
      age('>', 65),
      age('>=', 65),
      ['comparison logic: rule `asked`: comparison of `age` changed from > to >=: 65 a itself now meets it'],
    ],
    [
      'a limit that no longer counts itself',
      age('<=', 65),
      age('<', 65),
      [
        'comparison logic: rule `asked`: comparison of `age` changed from <= to <: 65 a itself no longer meets it',
      ],
    ],
    [
      'a comparison that is turned round',
      age('>', 65),
      age('<', 65),
      ['comparison logic: rule `asked`: comparison of `age` changed from > to <'],
    ],
    [
      'a comparison and its threshold',
      age('>', 65),
      age('>=', 70),
      [
        'comparison logic: rule `asked`: comparison of `age` changed from > to >=',
        'threshold logic: rule `asked`: threshold of `age` raised from 65 to 70 a',
      ],
    ],
    [
      'a period that is longer',
      elapsed('lastAttack', '<=', 'P42D'),
      elapsed('lastAttack', '<=', 'P60D'),
      ['threshold logic: rule `asked`: period of `lastAttack` lengthened from P42D to P60D'],
    ],
    [
      'a period in another unit, which nobody may call longer',
      elapsed('lastAttack', '<=', 'P42D'),
      elapsed('lastAttack', '<', 'P6M'),
      [
        'comparison logic: rule `asked`: comparison of `lastAttack` changed from <= to <',
        'threshold logic: rule `asked`: period of `lastAttack` changed from P42D to P6M',
      ],
    ],
    [
      'yes for no',
      is('a'),
      is('a', false),
      ['criterion logic: rule `asked`: value that `a` is tested for changed from true to false'],
    ],
    [
      'codes',
      { fact: 'route', in: ['oral', 'nasal'] },
      { fact: 'route', in: ['nasal', 'other'] },
      ['codes logic: rule `asked`: codes that `route` is tested for: added `other`; removed `oral`'],
    ],
    [
      'codes of a list, in another order',
      { fact: 'medicines', includesAny: ['1', '2'] },
      { fact: 'medicines', includesAny: ['2', '1'] },
      ['codes logic: rule `asked`: codes that `medicines` is tested for in another order'],
    ],
    [
      'another fact',
      is('a'),
      is('b'),
      ['criterion logic: rule `asked`: criterion changed from `a` is true to `b` is true'],
    ],
  ])('tells %s', expectTold);
});

describe('a criterion of parts', () => {
  it.each<Row>([
    [
      'a part that came',
      all(is('a'), is('b')),
      all(is('a'), is('c'), is('b')),
      ['criterion logic: rule `asked`: part added to the criterion: `c` is true'],
    ],
    [
      'parts that went',
      any(is('a'), is('b'), age('>', 65)),
      any(is('b')),
      [
        'criterion logic: rule `asked`: part removed from the criterion: `a` is true',
        'criterion logic: rule `asked`: part removed from the criterion: `age` > 65 a',
      ],
    ],
    [
      'a part that took the place of another',
      all(is('a'), is('b')),
      all(is('a'), any(is('c'), is('d'))),
      [
        'criterion logic: rule `asked`: part of the criterion changed from `b` is true to any of (`c` is true; `d` is true)',
      ],
    ],
    [
      'one of two equal parts that went',
      all(is('a'), is('a')),
      all(is('a')),
      ['criterion logic: rule `asked`: part removed from the criterion: `a` is true'],
    ],
    [
      'parts in another order, and nothing else',
      all(is('a'), is('b'), is('c')),
      all(is('c'), is('a'), is('b')),
      ['order logic: rule `asked`: parts of the criterion in another order'],
    ],
    [
      'any for all',
      all(is('a'), is('b')),
      any(is('a'), is('b')),
      [
        'criterion logic: rule `asked`: criterion changed from all of (`a` is true; `b` is true) to any of (`a` is true; `b` is true)',
      ],
    ],
    [
      'how many parts it takes',
      { atLeast: 1, of: [is('a'), is('b')] },
      { atLeast: 2, of: [is('a'), is('b')] },
      ['threshold logic: rule `asked`: number of parts that must be true raised from 1 to 2'],
    ],
    [
      'a not around it',
      all(is('a'), is('b')),
      { not: all(is('a'), is('b')) },
      [
        'criterion logic: rule `asked`: criterion changed from all of (`a` is true; `b` is true) to not (all of (`a` is true; `b` is true))',
      ],
    ],
  ])('tells %s', expectTold);

  it('is told down to the one threshold, deep inside and behind a part that came', () => {
    const from = all(is('a'), { not: any(is('b'), { atLeast: 1, of: [age('>=', 65), is('c')] }) });
    const to = all(is('d'), is('a'), { not: any({ atLeast: 1, of: [age('>=', 60), is('c')] }, is('b')) });
    const changes = criterionChanges(from, to);
    expect(told(changes)).toEqual([
      'threshold logic: rule `asked`: threshold of `age` lowered from 65 to 60 a',
      'order logic: rule `asked`: parts of the criterion in another order',
      'criterion logic: rule `asked`: part added to the criterion: `d` is true',
    ]);
    expect(places(changes)).toEqual([
      '/rules/0/criterion/all/1/not/any/1/of/0/value /rules/0/criterion/all/2/not/any/0/of/0/value',
      '/rules/0/criterion/all/1/not /rules/0/criterion/all/2/not',
      'nowhere /rules/0/criterion/all/0',
    ]);
  });

  it.each([
    ['in one order', all(age('>=', 65), age('<', 75)), []],
    [
      'in another order',
      all(age('<', 75), age('>=', 65)),
      ['order logic: rule `asked`: parts of the criterion in another order'],
    ],
  ])('tells two tests of one fact apart, %s', (_what, to, also) => {
    expect(told(criterionChanges(all(age('>=', 60), age('<', 80)), to))).toEqual([
      'threshold logic: rule `asked`: threshold of `age` raised from 60 to 65 a',
      'threshold logic: rule `asked`: threshold of `age` lowered from 80 to 75 a',
      ...also,
    ]);
  });
});
