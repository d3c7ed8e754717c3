import { describe, expect, it } from 'vitest';
import { writeQuestionnaire } from '../../../../src/formats/fhir/write-questionnaire.js';
import type { JsonObject } from '../../../../src/values/json.js';
import { aFact, aRuleSet, aRule, is, ruleSetOf } from '../../../support/builders.js';
import { itemsOf, type FormItem } from '../../../support/questionnaire-form.js';

type Outline = readonly [linkId: string, within: readonly Outline[]] | string;

/** The items without those that merely go with a question, each group with what it holds. */
const outlineOf = (items: readonly FormItem[]): readonly Outline[] =>
  items
    .filter(({ linkId }) => !/\.(help|unknown|complete|takenAt|reading\..*)$/.test(linkId))
    .map(({ linkId, type, item = [] }) => (type === 'group' ? [linkId, outlineOf(item)] : linkId));

const unspecified = (gate: string, ...particulars: readonly string[]): JsonObject =>
  aRule('unspecified', 'relative', {
    all: [is(gate), { not: { any: particulars.map((particular) => is(particular)) } }],
  });

/** The outline of a set of facts, the first of which is a boolean `adult` of the domain of the heart. */
const outline = (facts: readonly JsonObject[], rules: readonly JsonObject[] = []): readonly Outline[] => {
  const all = [aFact.boolean('adult'), ...facts];
  const set = ruleSetOf(aRuleSet({ facts: all, rules: [aRule('a', 'relative', is('adult')), ...rules] }));
  return outlineOf(itemsOf(writeQuestionnaire(set.body, set.sha256)));
};

describe('the order of questions', () => {
  it('is that of the dictionary, by domain', () => {
    const facts = [
      aFact.boolean('lungs', { domain: 'lungs' }),
      aFact.boolean('heart'),
      aFact.boolean('breath', { domain: 'lungs' }),
    ];
    expect(outline(facts)).toEqual([
      ['domain:heart', ['adult', 'heart']],
      ['domain:lungs', ['lungs', 'breath']],
    ]);
  });

  it('puts what is about the treatment at the end', () => {
    const facts = [aFact.boolean('dose', { about: 'treatment' }), aFact.boolean('heart')];
    expect(outline(facts)).toEqual([
      ['domain:heart', ['adult', 'heart']],
      ['about:treatment', ['dose']],
    ]);
  });

  it('puts the particulars of a gate behind it, in the order of the dictionary', () => {
    const facts = [
      aFact.boolean('gate', { gate: ['second', 'first'] }),
      aFact.boolean('between'),
      aFact.boolean('first'),
      aFact.boolean('second'),
    ];
    expect(outline(facts, [unspecified('gate', 'first', 'second')])).toEqual([
      ['domain:heart', ['adult', 'gate', ['gate.particulars', ['first', 'second']], 'between']],
    ]);
  });

  it('puts a detail right behind what it is a detail of, under its gate too', () => {
    const facts = [
      aFact.boolean('gate', { gate: ['first', 'second'] }),
      aFact.boolean('first'),
      aFact.boolean('second'),
      aFact.date('since', { detailOf: 'first' }),
      aFact.boolean('last', { detailOf: 'adult' }),
    ];
    expect(outline(facts, [unspecified('gate', 'first', 'second')])).toEqual([
      ['domain:heart', ['adult', 'last', 'gate', ['gate.particulars', ['first', 'since', 'second']]]],
    ]);
  });

  it('leaves a detail of another domain in its own', () => {
    const facts = [aFact.boolean('treated', { detailOf: 'adult', domain: 'lungs' })];
    expect(outline(facts)).toEqual([
      ['domain:heart', ['adult']],
      ['domain:lungs', ['treated']],
    ]);
  });

  it('leaves a gate where it is, whatever it is a detail of', () => {
    const facts = [
      aFact.boolean('between'),
      aFact.boolean('gate', { gate: ['first'], detailOf: 'adult' }),
      aFact.boolean('first'),
    ];
    expect(outline(facts, [unspecified('gate', 'first')])).toEqual([
      ['domain:heart', ['adult', 'between', 'gate', ['gate.particulars', ['first']]]],
    ]);
  });

  it('keeps a particular under its gate where it is a detail as well', () => {
    const facts = [
      aFact.boolean('gate', { gate: ['first', 'second', 'third'] }),
      aFact.boolean('first', { detailOf: 'adult' }),
      aFact.boolean('second', { detailOf: 'gate' }),
      aFact.boolean('third', { detailOf: 'first' }),
    ];
    expect(outline(facts, [unspecified('gate', 'first', 'second', 'third')])).toEqual([
      ['domain:heart', ['adult', 'gate', ['gate.particulars', ['first', 'third', 'second']]]],
    ]);
  });
});

describe('a section', () => {
  it('has the title of its domain, or the words of its id', () => {
    const set = ruleSetOf(
      aRuleSet({
        facts: [
          aFact.boolean('adult'),
          aFact.boolean('x', { domain: 'general-health' }),
          aFact.boolean('y', { about: 'treatment' }),
        ],
        rules: [aRule('a', 'relative', is('adult'))],
      }),
    );
    const titles = itemsOf(writeQuestionnaire(set.body, set.sha256)).map(({ text }) => text);
    expect(titles).toEqual(['Heart', 'General health', 'The planned treatment']);
  });
});
