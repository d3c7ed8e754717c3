import { describe, expect, it } from 'vitest';
import { parseRuleSet } from '../../../src/rules/parse.js';
import { aFact, aRule, aRuleSet, changed, compare, elapsed, is, ruleSetOf } from '../../support/builders.js';

const isAccepted = (json: Parameters<typeof parseRuleSet>[0]): boolean => parseRuleSet(json).ok;

describe('parseRuleSet accepts', () => {
  it('a small set with a fact of every type', () => {
    expect(parseRuleSet(aRuleSet())).toMatchObject({ ok: true });
  });

  it('a draft version', () => {
    expect(isAccepted(aRuleSet({ version: '1.0.0-draft.2' }))).toBe(true);
  });

  it('a citation without a place that says so', () => {
    const citation = { source: 'guide', locator: null, supports: 'All', basis: 'to-check' };
    expect(isAccepted(changed(aRuleSet(), '/rules/0/citations/0', citation))).toBe(true);
  });

  it.each([
    ['12 levels', Array.from({ length: 11 }).reduce<object>((inner) => ({ not: inner }), is('angina'))],
    ['200 parts', { any: Array.from({ length: 199 }, () => is('angina')) }],
  ])('a criterion of %s', (_what, criterion) => {
    const json = changed(aRuleSet(), '/rules/-', aRule('large', 'relative', { ...criterion }));
    expect(isAccepted(json)).toBe(true);
  });

  it('bands of which one is just above the other', () => {
    const bands = [{ points: 0 }, { from: 9, points: 1 }, { above: 9, points: 2 }];
    const fact = aFact.derived('another', { points: { fact: 'age', bands } });
    expect(isAccepted(changed(aRuleSet(), '/facts/-', fact))).toBe(true);
  });

  it('a ratio whose unit is the one declared', () => {
    const dose = { product: [{ fact: 'urgency' }, { number: 2, unit: 'mg' }] };
    const derive = { ratio: [dose, { sum: [{ fact: 'urgency' }, { number: 1, unit: '1' }] }] };
    const fact = aFact.derived('another', derive, { unit: 'mg' });
    expect(isAccepted(changed(aRuleSet(), '/facts/-', fact))).toBe(true);
  });

  it('a threshold at an end of the range that not every number passes', () => {
    expect(isAccepted(changed(aRuleSet(), '/rules/0/criterion/value', 300))).toBe(true);
  });

  it('a relative rule about the treatment', () => {
    const rule = aRule('another', 'relative', { fact: 'route', in: ['oral'] });
    expect(isAccepted(changed(aRuleSet(), '/rules/-', rule))).toBe(true);
  });
});

describe('parseRuleSet refuses', () => {
  it.each([null, true, 7, 'a set', [], {}])('%j', (json) => {
    expect(isAccepted(json)).toBe(false);
  });

  it.each(['1.0', 'v1.0.0', '1.0.0+build', '1.0.0-', '1.0.0 '])('the version %j', (version) => {
    expect(isAccepted(aRuleSet({ version }))).toBe(false);
  });

  it('a gate over more than eight particulars', () => {
    const names = Array.from({ length: 9 }, (_, index) => `sign${String(index)}`);
    const facts = [aFact.boolean('whole', { gate: names }), ...names.map((name) => aFact.boolean(name))];
    const rule = aRule('whole-unspecified', 'relative', is('whole'));
    const json = aRuleSet({ facts: [aFact.boolean('adult'), ...facts], rules: [rule] });
    expect(parseRuleSet(json)).toMatchObject({
      ok: false,
      issues: [{ code: 'bad-gate', pointer: '/facts/1/gate' }],
    });
  });

  it('several mistakes at once, each with its place', () => {
    const twice = changed(changed(aRuleSet(), '/rules/0/criterion/fact', 'x'), '/rules/4/domain', 'lungs');
    const parsed = parseRuleSet(twice);
    const places = parsed.ok ? [] : parsed.issues.map(({ pointer }) => pointer);
    expect(places).toEqual(['/rules/0/criterion/fact', '/rules/4/domain']);
  });
});

describe('a rule set that was parsed', () => {
  it('can never be changed, however deep', () => {
    const { body } = ruleSetOf(aRuleSet());
    expect([body, body.rules, body.rules[0], body.rules[0]?.criterion].every(Object.isFrozen)).toBe(true);
  });

  it('holds what its JSON holds, and nothing else', () => {
    expect(ruleSetOf(aRuleSet()).body).toEqual(aRuleSet());
  });

  it('takes months where a date is judged', () => {
    const rule = aRule('another', 'relative', elapsed('lastAttack', '<', 'P12M'));
    expect(isAccepted(changed(aRuleSet(), '/rules/-', rule))).toBe(true);
  });

  it('takes a threshold on a number that was sent', () => {
    const rule = aRule('another', 'relative', compare('age', '>=', 65, 'a'));
    expect(isAccepted(changed(aRuleSet(), '/rules/-', rule))).toBe(true);
  });
});
