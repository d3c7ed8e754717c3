import { describe, expect, it } from 'vitest';
import type { Criterion } from '../../../src/rules/criterion.js';
import { mutantsOf } from '../../../src/rules/mutants/criterion-mutants.js';

const is = (fact: string): Criterion => ({ fact, is: true });

const high: Criterion = { fact: 'x', compare: '>=', value: 4, unit: '1', source: 'policy' };

const late: Criterion = { fact: 'd', elapsed: '<=', duration: 'P42D', source: 'policy' };

const flipsOf = (criterion: Criterion): readonly string[] =>
  mutantsOf(criterion).map(({ inWords }) => inWords);

describe('the mutants of a criterion', () => {
  it.each<readonly [Criterion, readonly string[]]>([
    [is('a'), ['`a`: is false']],
    [high, ['`x`: > 4 for >=', '`x`: < 4 for >=']],
    [late, ['`d`: elapsed < P42D for <=', '`d`: elapsed > P42D for <=']],
    [{ fact: 'c', in: ['p', 'q'] }, ['`c`: in q', '`c`: in p']],
    [{ fact: 'c', in: ['p'] }, []],
    [{ fact: 'm', includesAny: ['p', 'q'] }, []],
    [{ not: is('a') }, ['without its not', '`a`: is false']],
    [{ all: [is('a'), is('b')] }, ['any for all', '`a`: is false', '`b`: is false']],
    [{ any: [is('a'), high] }, ['all for any', '`a`: is false', '`x`: > 4 for >=', '`x`: < 4 for >=']],
    [{ all: [is('a')] }, ['`a`: is false']],
    [{ atLeast: 2, of: [is('a'), is('b')] }, ['at least 1 for 2', '`a`: is false', '`b`: is false']],
  ])('of %j', (criterion, flips) => {
    expect(flipsOf(criterion)).toEqual(flips);
  });

  it('differ from it in one place, however deep', () => {
    const deep: Criterion = { all: [is('a'), { not: { any: [is('b'), { all: [high, is('c')] }] } }] };
    const mutants = mutantsOf(deep);
    expect(new Set(mutants.map(({ criterion }) => JSON.stringify(criterion))).size).toBe(mutants.length);
    expect(mutants.map(({ criterion }) => criterion)).not.toContainEqual(deep);
    expect(mutants.map(({ criterion }) => criterion)).toContainEqual({
      all: [is('a'), { not: { any: [is('b'), { all: [{ ...high, compare: '>' }, is('c')] }] } }],
    });
  });
});
