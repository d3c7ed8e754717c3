import type { Criterion } from '../../src/rules/criterion.js';
import { gatesOf } from '../../src/rules/dictionary.js';
import { termsOf, aggregateOf, type Derivation } from '../../src/rules/derivation.js';
import type { Fact } from '../../src/rules/fact.js';
import { parseRuleSet } from '../../src/rules/parse.js';
import type { Explained, Rule, Severity } from '../../src/rules/rule.js';
import type { RuleSet, RuleSetBody } from '../../src/rules/rule-set.js';
import type { JsonValue } from '../../src/values/json.js';
import { chance, interleaved, pick, times, type Draw } from './generate-draw.js';
import { drawCriterion, vocabularyOf, type Vocabulary } from './generate-criteria.js';
import { drawDerivedFacts } from './generate-derived.js';
import { drawSentFacts } from './generate-facts.js';

const explained = (criterion: Criterion): Explained => ({
  title: 'A title',
  explanation: 'An explanation.',
  rationale: 'A rationale.',
  action: 'An action.',
  criterion,
  citations: [{ source: 'guide', locator: 'page 1', supports: 'the whole', basis: 'policy' }],
});

/** A rule with all that a rule must have. */
export const ruleOf = (id: string, severity: Severity, criterion: Criterion): Rule => ({
  ...explained(criterion),
  id,
  domain: 'health',
  severity,
  lastReviewDate: null,
  tags: [],
});

/** The body of a rule set with all that it must have. */
export const bodyOf = (facts: readonly Fact[], rules: readonly Rule[], scope: Criterion): RuleSetBody => ({
  id: 'generated',
  version: '1.0.0',
  title: 'Generated',
  description: 'Drawn at random.',
  scope: explained(scope),
  facts,
  sources: [{ id: 'guide', title: 'A guide', year: 2025, kind: 'guideline', basis: 'policy' }],
  domains: [{ id: 'health', title: 'Health', description: 'All of it.' }],
  rules,
});

const idsIn = (derivation: Derivation): readonly string[] => {
  if ('fact' in derivation) return [derivation.fact];
  if ('points' in derivation) return [derivation.points.fact];
  const series = aggregateOf(derivation)?.reading.series;
  return series === undefined ? termsOf(derivation).flatMap(idsIn) : [series];
};

/** Whether a fact, or any part of it, is about the treatment: an absolute rule tests nothing that is. */
const isAboutTreatment = (fact: Fact, facts: readonly Fact[]): boolean =>
  fact.about === 'treatment' ||
  (fact.type === 'derived' &&
    idsIn(fact.derive).some((id) => facts.some((part) => part.id === id && isAboutTreatment(part, facts))));

const SEVERITIES: readonly Severity[] = ['relative', 'absolute', 'precaution', 'absolute', 'relative'];

/** A criterion; half of them are made of two, both of which must be true, so that not every patient is ineligible. */
const drawHard = (draw: Draw, words: Vocabulary): Criterion => {
  const criterion = drawCriterion(draw, words, draw(5));
  return chance(draw, 50) ? { all: [criterion, drawCriterion(draw, words, draw(3))] } : criterion;
};

const drawRule = (draw: Draw, id: string, words: Vocabulary, all: readonly Fact[]): Rule => {
  const patient = words.facts.filter((fact) => !isAboutTreatment(fact, all));
  const severity = pick(draw, SEVERITIES);
  const absolute = severity === 'absolute' && patient.length > 0;
  if (absolute) return ruleOf(id, severity, drawHard(draw, { ...words, facts: patient }));
  return ruleOf(id, severity === 'absolute' ? 'relative' : severity, drawHard(draw, words));
};

/** In so many of a hundred rule sets, what the rules test is mostly a matter of time. */
const drawFocus = (draw: Draw, words: Vocabulary, percent: number): Vocabulary => {
  const timed = words.facts.filter(({ type }) => type === 'date' || type === 'derived');
  return timed.length > 0 && chance(draw, percent) ? { ...words, facts: timed } : words;
};

const is = (fact: string): Criterion => ({ fact, is: true });

const gateRules = (facts: readonly Fact[]): readonly Rule[] =>
  gatesOf(facts).map(({ id, gate }) =>
    ruleOf(`of-${id.toLowerCase()}`, 'relative', { all: [is(id), { not: { any: gate.map(is) } }] }),
  );

const drawScope = (draw: Draw, words: Vocabulary): Criterion =>
  chance(draw, 50)
    ? drawCriterion(draw, words, 2)
    : is(
        pick(
          draw,
          words.facts.filter((fact) => fact.type === 'boolean'),
        ).id,
      );

/** In how many of a hundred rule sets the rules look at little but the time. */
const TIMED = 33;

/** A rule set as JSON: facts of every type, a scope, 1 to 6 rules of every severity, and for each gate its own. */
export const drawRuleSetBody = (draw: Draw, timed = TIMED): RuleSetBody => {
  const sent = drawSentFacts(draw);
  const derived = drawDerivedFacts(draw, sent);
  const facts = interleaved<Fact>(
    draw,
    sent,
    derived.map(({ fact }) => fact),
  );
  const words = vocabularyOf(facts, derived);
  const focus = drawFocus(draw, words, timed);
  const rules = times(1 + draw(6), (index) => drawRule(draw, `rule-${String(index)}`, focus, facts));
  return bodyOf(facts, interleaved(draw, rules, gateRules(facts)), drawScope(draw, words));
};

/** A rule set that passed its checks. One that is refused is a mistake of the generator. */
export const accepted = (body: RuleSetBody): RuleSet => {
  const parsed = parseRuleSet(JSON.parse(JSON.stringify(body)) as JsonValue);
  if (parsed.ok) return parsed.value;
  throw new Error(`the generator drew a set that is refused: ${JSON.stringify(parsed.issues)}`);
};

/** Draws a rule set that passed its checks. */
export const drawRuleSet = (draw: Draw, timed = TIMED): RuleSet => accepted(drawRuleSetBody(draw, timed));
