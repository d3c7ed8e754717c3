import { describe, expect, it } from 'vitest';
import { criterionSchema } from '../../../src/rules/criterion-schema.js';
import { derivationSchema } from '../../../src/rules/derivation-schema.js';
import { issuesOfZod } from '../../../src/rules/zod-issues.js';
import { is } from '../../support/builders.js';

const threshold = { fact: 'age', compare: '>=', value: 65, unit: 'a', source: 'guide' };

const pointersIn = (criterion: unknown, pointer = ''): readonly string[] => {
  const parsed = criterionSchema.safeParse(criterion);
  return parsed.success ? [] : issuesOfZod(parsed.error, pointer).map((issue) => issue.pointer);
};

const detailsIn = (criterion: unknown): readonly string[] => {
  const parsed = criterionSchema.safeParse(criterion);
  return parsed.success ? [] : issuesOfZod(parsed.error).map(({ detail }) => detail);
};

describe('a criterion that fits no form is told by the form that was meant', () => {
  it.each<[string, unknown, string[]]>([
    ['a comparison by an unknown operator', { ...threshold, compare: '=' }, ['/compare']],
    ['a comparison with text', { ...threshold, value: '65' }, ['/value']],
    ['a comparison without its source', { ...threshold, source: undefined }, ['/source']],
    ['a comparison without its unit', { ...threshold, unit: undefined }, ['/unit']],
    ['a test of a boolean by text', { fact: 'angina', is: 'yes' }, ['/is']],
    ['a list of codes that is empty', { fact: 'route', in: [] }, ['/in']],
    ['a code that is a number', { fact: 'route', in: ['oral', 7] }, ['/in/1']],
    [
      'an elapsed test by an unknown duration',
      { fact: 'd', elapsed: '<', duration: '42D', source: 's' },
      ['/duration'],
    ],
    [
      'a misspelt part of an all',
      { all: [is('angina'), { fact: 'angina', iz: true }] },
      ['/all/1/is', '/all/1'],
    ],
    ['a comparison deep inside', { not: { any: [{ ...threshold, value: null }] } }, ['/not/any/0/value']],
    ['an atLeast of one and a half', { atLeast: 1.5, of: [is('angina')] }, ['/atLeast']],
    ['two faults of one comparison', { ...threshold, compare: '=', value: '65' }, ['/compare', '/value']],
  ])('%s', (_what, criterion, pointers) => {
    expect(pointersIn(criterion)).toEqual(pointers);
  });
});

describe('the pointer of an issue', () => {
  it('begins where the value stands', () => {
    expect(pointersIn({ ...threshold, compare: '=' }, '/rules/3/criterion')).toEqual([
      '/rules/3/criterion/compare',
    ]);
  });
});

describe('the detail of an issue', () => {
  it('names the key that is not known', () => {
    expect(detailsIn({ fact: 'angina', is: true, weight: 2 })).toEqual([
      'unknown `weight`: remove it, or correct its spelling',
    ]);
  });

  it('begins with a small letter', () => {
    expect(detailsIn({ ...threshold, value: '65' })[0]).toMatch(/^[a-z]/);
  });
});

describe('a derivation that fits no form', () => {
  it.each<[string, unknown, string[]]>([
    ['a window of months', { latest: { series: 's', component: 'c', within: 'P1M' } }, ['/latest/within']],
    [
      'a latest with a sitting',
      { latest: { series: 's', component: 'c', within: 'P1D', sitting: 'PT1H' } },
      ['/latest'],
    ],
    ['a count with a component', { count: { series: 's', component: 'c', within: 'P1D' } }, ['/count']],
    [
      'a band with two bounds',
      { points: { fact: 'a', bands: [{ points: 0 }, { from: 1, above: 1, points: 1 }] } },
      ['/points/bands/1'],
    ],
    ['a ratio of three', { ratio: [{ fact: 'a' }, { fact: 'b' }, { fact: 'c' }] }, ['/ratio']],
  ])('%s', (_what, derivation, pointers) => {
    const parsed = derivationSchema.safeParse(derivation);
    const found = parsed.success ? [] : issuesOfZod(parsed.error).map(({ pointer }) => pointer);
    expect(found).toEqual(pointers);
  });
});
