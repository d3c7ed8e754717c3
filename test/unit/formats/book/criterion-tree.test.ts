import { describe, expect, it } from 'vitest';
import { criterionTree } from '../../../../src/formats/book/criterion-tree.js';
import type { RuleSetBody } from '../../../../src/rules/rule-set.js';
import type { JsonObject } from '../../../../src/values/json.js';
import { textOf } from '../../../support/book-page.js';
import {
  aFact,
  aRule,
  aRuleSet,
  changed,
  compare,
  elapsed,
  is,
  ruleSetOf,
} from '../../../support/builders.js';

/** The tree of a criterion of the small set, as text. */
const treeOf = (criterion: JsonObject): string => {
  const rule = aRule('one', 'relative', criterion);
  const set = changed(aRuleSet(), '/rules/-', rule);
  const { rules, facts }: RuleSetBody = ruleSetOf(changed(set, '/facts/-', aFact.date('born'))).body;
  const last = rules.at(-1);
  if (last === undefined) throw new Error('there is no rule');
  return textOf(criterionTree(last.criterion, facts));
};

describe('a test in plain words', () => {
  it.each([
    [is('angina'), 'What of angina? Yes angina'],
    [is('angina', false), 'What of angina? No angina'],
    [{ fact: 'route', in: ['oral'] }, 'What of route? label of oral route'],
    [
      { fact: 'medicines', includesAny: ['6813', '1819'] },
      'What of medicines? Among them label of 6813 or label of 1819 medicines',
    ],
    [compare('age', '>=', 65, 'a'), 'What of age? At least 65 years [guide] age'],
    [compare('age', '>', 65, 'a'), 'What of age? More than 65 years [guide] age'],
    [
      compare('meanSystolic', '<', 180, 'mm[Hg]'),
      'Mean systolic of the latest sitting: less than 180 mmHg [guide] meanSystolic',
    ],
    [compare('score', '<=', 5), 'The score: at most 5 (no unit) [guide] score'],
    [elapsed('lastAttack', '<=', 'P42D'), 'What of lastAttack? At most 42 days ago [guide] lastAttack'],
    [elapsed('born', '>', 'P1Y'), 'What of born? More than 1 year ago [guide] born'],
  ])('%j', (test, words) => {
    expect(treeOf(test)).toBe(words);
  });

  it('links the fact to the dictionary and the number to its source', () => {
    const { facts } = ruleSetOf(aRuleSet()).body;
    const tree = JSON.stringify(
      criterionTree({ fact: 'age', compare: '>=', value: 65, unit: 'a', source: 'guide' }, facts),
    );
    expect(tree).toContain('"#fact-age"');
    expect(tree).toContain('"#source-guide"');
  });
});

describe('a tree in plain words', () => {
  it('keeps every part under the line that it belongs to', () => {
    const criterion = {
      any: [
        { all: [is('angina'), { not: is('heartFailure') }] },
        { atLeast: 2, of: [is('angina'), is('adult'), is('heartDisease')] },
      ],
    };
    expect(treeOf(criterion)).toBe(
      'Any of these holds: [' +
        'All of these hold: [What of angina? Yes angina | ' +
        'This does not hold: [What of heartFailure? Yes heartFailure]] | ' +
        'At least 2 of these 3 hold: [What of angina? Yes angina | What of adult? Yes adult | ' +
        'What of heartDisease? Yes heartDisease]]',
    );
  });
});
