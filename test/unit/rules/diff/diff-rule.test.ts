import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../src/values/json.js';
import { aRuleSet, changed } from '../../../support/builders.js';
import { changesAt, changesBetween, places, told } from './edited.js';

const LONG = `${'A rise in pressure could be dangerous. '.repeat(4)}Weigh it.`;

const SECOND = { id: 'label', title: 'A label', year: null, kind: 'label', basis: 'seen' };

/** The small rule set with a second source. */
const withSecond = changed(aRuleSet(), '/sources/-', SECOND);

const CITATION: JsonObject = { source: 'label', locator: null, supports: 'Some of it', basis: 'to-check' };

describe('a rule', () => {
  it.each<readonly [what: string, pointer: string, value: JsonValue, expected: string]>([
    [
      'a severity that is raised',
      '/rules/4/severity',
      'absolute',
      'severity logic: rule `heart-failure`: severity raised from relative to absolute',
    ],
    [
      'a severity that is lowered',
      '/rules/4/severity',
      'precaution',
      'severity logic: rule `heart-failure`: severity lowered from relative to precaution',
    ],
    [
      'a title',
      '/rules/4/title',
      'Heart failure',
      'wording words: rule `heart-failure`: title changed from "A title" to "Heart failure"',
    ],
    [
      'a long text',
      '/rules/4/explanation',
      LONG,
      'wording words: rule `heart-failure`: explanation reworded',
    ],
    [
      'a rationale',
      '/rules/4/rationale',
      'B.',
      'wording words: rule `heart-failure`: rationale changed from "A rationale." to "B."',
    ],
    [
      'an action',
      '/rules/4/action',
      'Wait.',
      'wording words: rule `heart-failure`: action changed from "An action." to "Wait."',
    ],
    [
      'the place in a source',
      '/rules/4/citations/0/locator',
      'page 8',
      'citation words: rule `heart-failure`, citation of `guide`: locator changed from "page 7" to "page 8"',
    ],
    [
      'how far it can be trusted',
      '/rules/4/citations/0/basis',
      'policy',
      'citation words: rule `heart-failure`, citation of `guide`: basis changed from `seen` to `policy`',
    ],
    [
      'a grade',
      '/rules/4/citations/0/grade',
      'B',
      'citation words: rule `heart-failure`, citation of `guide`: grade added: `B`',
    ],
    [
      'a review',
      '/rules/4/lastReviewDate',
      '2026-01-01',
      'review words: rule `heart-failure`: date of the last review changed from none to `2026-01-01`',
    ],
    ['tags', '/rules/4/tags', ['x'], 'tags words: rule `heart-failure`: tags: added `x`'],
  ])('tells %s', (_what, pointer, value, expected) => {
    const changes = changesAt(pointer, value);
    expect(told(changes)).toEqual([expected]);
    expect(places(changes)[0]).toContain(` ${pointer}`);
  });

  it('tells another domain', () => {
    const from = changed(aRuleSet(), '/domains/-', {
      id: 'mind',
      title: 'Mind',
      description: 'Of the mind.',
    });
    expect(told(changesBetween(from, changed(from, '/rules/0/domain', 'mind')))).toEqual([
      'domain words: rule `severe-pressure`: domain changed from `heart` to `mind`',
    ]);
  });

  it('tells the source of a number, in a test of a value and of a period', () => {
    const once = changed(withSecond, '/rules/0/criterion/source', 'label');
    const to = changed(once, '/rules/1/criterion/all/1/source', 'label');
    const cited = (set: JsonObject): JsonObject =>
      [0, 1].reduce((all, rule) => changed(all, `/rules/${String(rule)}/citations/-`, CITATION), set);
    expect(told(changesBetween(cited(withSecond), cited(to)))).toEqual([
      'citation words: rule `severe-pressure`: source of the threshold of `meanSystolic` changed from `guide` to `label`',
      'citation words: rule `recent-attack`: source of the period of `lastAttack` changed from `guide` to `label`',
    ]);
  });

  it('tells citations that come, go and stand in another order', () => {
    const two = changed(withSecond, '/rules/4/citations/-', CITATION);
    const { citations = [] } = (two.rules as readonly JsonObject[])[4] ?? {};
    const turned = changed(two, '/rules/4/citations', [...(citations as readonly JsonValue[])].reverse());
    expect(told(changesBetween(withSecond, two))).toEqual([
      'citation words: rule `heart-failure`: citation of `label` added',
    ]);
    expect(told(changesBetween(two, withSecond))).toEqual([
      'citation words: rule `heart-failure`: citation of `label` removed',
    ]);
    expect(told(changesBetween(two, turned))).toEqual([
      'order words: rule `heart-failure`: citations in another order',
    ]);
  });
});

describe('the scope', () => {
  it.each<readonly [pointer: string, value: JsonValue, expected: string]>([
    [
      '/scope/criterion/is',
      false,
      'criterion logic: scope: value that `adult` is tested for changed from true to false',
    ],
    ['/scope/title', 'Adults', 'wording words: scope: title changed from "A title" to "Adults"'],
  ])('tells %s', (pointer, value, expected) => {
    expect(told(changesAt(pointer, value))).toEqual([expected]);
  });
});

describe('what a version says of itself', () => {
  it.each<readonly [pointer: string, value: string, expected: string]>([
    ['/version', '1.0.1', 'name words: rule set: version changed from `1.0.0` to `1.0.1`'],
    ['/id', 'other-set', 'name words: rule set: id changed from `small-set` to `other-set`'],
    ['/title', 'A set', 'wording words: rule set: title changed from "A small set" to "A set"'],
    [
      '/description',
      'A set.',
      'wording words: rule set: description changed from "A small set for tests." to "A set."',
    ],
  ])('tells %s', (pointer, value, expected) => {
    expect(told(changesAt(pointer, value))).toEqual([expected]);
  });
});
