import { describe, expect, it } from 'vitest';
import { derivationTree } from '../../../../src/formats/book/derivation-tree.js';
import type { Derivation } from '../../../../src/rules/derivation.js';
import { textOf } from '../../../support/book-page.js';
import { aRuleSet, ruleSetOf } from '../../../support/builders.js';

const { facts } = ruleSetOf(aRuleSet()).body;

const wordsOf = (derivation: Derivation): string => textOf(derivationTree(derivation, facts));

const READING = { series: 'pressure', component: 'systolic', within: 'P30D' };

describe('a derivation in plain words', () => {
  it.each<[Derivation, string]>([
    [{ fact: 'age' }, 'What of age? age'],
    [{ number: -1, unit: '1' }, '-1 (no unit)'],
    [{ number: 2, unit: 'a' }, '2 years'],
    [{ sum: [{ fact: 'age' }, { number: 2, unit: 'a' }] }, 'The sum of: [What of age? age | 2 years]'],
    [{ product: [{ fact: 'score' }] }, 'The product of: [The score: score]'],
    [
      { ratio: [{ fact: 'age' }, { number: 2, unit: '1' }] },
      'The first divided by the second: [What of age? age | 2 (no unit)]',
    ],
    [
      { points: { fact: 'angina', true: 1, false: 0 } },
      'Points for: What of angina? angina [Yes: 1 point | No: 0 points]',
    ],
    [
      { points: { fact: 'route', answers: { oral: 0, intravenous: 3 } } },
      'Points for: What of route? route [label of oral: 0 points | label of intravenous: 3 points]',
    ],
    [
      { points: { fact: 'age', bands: [{ points: 0 }, { from: 65, points: 1 }, { above: 75, points: 4 }] } },
      'Points for: What of age? age [below 65 years: 0 points | from 65 years: 1 point | above 75 years: 4 points]',
    ],
    [
      { points: { fact: 'age', bands: [{ points: 0 }, { above: 75, points: 4 }] } },
      'Points for: What of age? age [up to 75 years: 0 points | above 75 years: 4 points]',
    ],
    [{ latest: READING }, 'The latest systolic in pressure, of [readings less than 30 days old]'],
    [
      { count: { series: 'pressure', within: 'PT24H' } },
      'The number of readings in pressure, of [readings less than 24 hours old]',
    ],
    [
      { mean: { ...READING, sitting: 'PT1H', minReadings: 2 } },
      'The mean systolic in pressure, of [readings less than 30 days old | ' +
        'the latest sitting alone: at most 1 hour before the newest reading | ' +
        'at least 2 such readings; with fewer it is unknown]',
    ],
  ])('%j', (derivation, words) => {
    expect(wordsOf(derivation)).toBe(words);
  });
});
