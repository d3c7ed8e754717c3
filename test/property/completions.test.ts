import type { Criterion } from '../../src/rules/criterion.js';
import type { BooleanFact } from '../../src/rules/fact.js';
import type { Severity } from '../../src/rules/rule.js';
import type { RuleSetBody } from '../../src/rules/rule-set.js';
import type { FactValue } from '../../src/screening/facts.js';
import { RANK } from '../../src/screening/decide.js';
import { screen, type Screening } from '../../src/screening/screen.js';
import { chance, pick, times, type Draw } from '../support/generate-draw.js';
import { accepted, bodyOf, ruleOf } from '../support/generate-rule-set.js';
import { law, laws, must } from './law.js';

/**
 * In these rule sets each fact is a boolean that stands in one test only. Then Kleene's logic loses nothing, and what the bounds and
 * `missing` promise can be checked against every way in which the unknown facts could turn out:
 *
 * - floor and ceiling are the mildest and the worst verdict that any completion has, not only limits of them;
 * - `missing` is exactly the set of unknown facts that change the verdict in some completion of the others.
 *
 * Why equality holds even between rules of different severities: the rules share no fact, so all other undecided rules can be completed to
 * false at once, and then a rule that is more severe than the floor decides the verdict alone. Inside an undecided rule every fact of the
 * residual can turn the rule: its undecided siblings can be completed so that they leave the decision to it. And a fact outside of all
 * these residuals stands where a known value has decided already, or in a rule no more severe than the floor, which stays.
 *
 * Where a fact stands in two tests only inclusion is left: Kleene's logic calls `x or not x` unknown, though every completion makes it true.
 */
type Completion = Readonly<Record<string, boolean>>;

const SEVERITIES: readonly Severity[] = ['absolute', 'relative', 'precaution'];

/** A criterion in which each of some facts stands in one test; it is negated here and there, but not so often that it gets too deep. */
const drawOver = (draw: Draw, facts: readonly string[], depth = 0): Criterion => {
  const negated = depth < 4 && chance(draw, 20);
  const criterion = facts.length === 1 ? drawTest(draw, facts[0] ?? '') : drawOf(draw, facts, depth + 1);
  return negated ? { not: criterion } : criterion;
};

const drawTest = (draw: Draw, fact: string): Criterion => ({ fact, is: chance(draw, 60) });

const drawOf = (draw: Draw, facts: readonly string[], depth: number): Criterion => {
  const parts = split(draw, facts).map((some) => drawOver(draw, some, depth));
  return pick<Criterion>(draw, [
    { any: parts },
    { all: parts },
    { atLeast: 1 + draw(parts.length), of: parts },
  ]);
};

/** Cuts a list into two to four parts, none of them empty. */
const split = (draw: Draw, facts: readonly string[]): readonly (readonly string[])[] => {
  const count = Math.min(facts.length, 2 + draw(3));
  const parts: string[][] = times(count, () => []).map(() => []);
  facts.forEach((fact, index) => parts[index < count ? index : draw(count)]?.push(fact));
  return parts;
};

const booleanOf = (id: string): BooleanFact => ({
  id,
  type: 'boolean',
  domain: 'health',
  about: 'patient',
  question: `${id}?`,
});

const drawBody = (draw: Draw): RuleSetBody => {
  const groups = times(2 + draw(4), (rule) =>
    times(1 + draw(4), (index) => `fact${String(rule)}x${String(index)}`),
  );
  const [scope = [], ...others] = groups;
  const rules = others.map((facts, index) =>
    ruleOf(`rule-${String(index)}`, pick(draw, SEVERITIES), drawOver(draw, facts)),
  );
  return accepted(bodyOf(groups.flat().map(booleanOf), rules, drawOver(draw, scope))).body;
};

/** A rule set in which each of a few facts stands in many tests. */
const drawEntangled = (draw: Draw): RuleSetBody => {
  const ids = times(3 + draw(4), (index) => `fact${String(index)}`);
  const drawAny = (): Criterion =>
    drawOver(
      draw,
      times(1 + draw(6), () => pick(draw, ids)),
    );
  const rules = times(1 + draw(4), (index) =>
    ruleOf(`rule-${String(index)}`, pick(draw, SEVERITIES), drawAny()),
  );
  return accepted(bodyOf(ids.map(booleanOf), rules, drawAny())).body;
};

/** Two-valued logic, for facts that are all known. */
const holds = (criterion: Criterion, facts: Completion): boolean => {
  if ('is' in criterion) return facts[criterion.fact] === criterion.is;
  if ('not' in criterion) return !holds(criterion.not, facts);
  const parts =
    'all' in criterion
      ? criterion.all
      : 'any' in criterion
        ? criterion.any
        : 'of' in criterion
          ? criterion.of
          : [];
  const count = parts.filter((part) => holds(part, facts)).length;
  if ('all' in criterion) return count === parts.length;
  return 'atLeast' in criterion ? count >= criterion.atLeast : count > 0;
};

/** The verdict of facts that are all known, as a rank. */
const rankOf = (body: RuleSetBody, facts: Completion): number => {
  const severities = body.rules
    .filter(({ criterion }) => holds(criterion, facts))
    .map(({ severity }) => severity);
  if (severities.includes('absolute')) return RANK.ineligible;
  return severities.includes('relative') || !holds(body.scope.criterion, facts) ? RANK.review : RANK.eligible;
};

type Patient = {
  readonly body: RuleSetBody;
  readonly known: Completion;
  readonly unknown: readonly string[];
};

/** A patient of whom at most eight facts are unknown. */
const drawPatient = (draw: Draw, body = drawBody(draw)): Patient => {
  const ids = body.facts.map(({ id }) => id);
  const percent = pick(draw, [30, 60, 90]);
  const unknown = ids.filter(() => chance(draw, percent)).slice(0, 8);
  const known = ids.filter((id) => !unknown.includes(id)).map((id) => [id, chance(draw, 30)] as const);
  return { body, known: Object.fromEntries(known), unknown };
};

/** The verdict of every completion, by the number of which the bits are the answers. */
const ranksOf = ({ body, known, unknown }: Patient): readonly number[] =>
  times(2 ** unknown.length, (bits) => {
    const answers = unknown.map((id, index) => [id, Math.floor(bits / 2 ** index) % 2 === 1] as const);
    return rankOf(body, { ...known, ...Object.fromEntries(answers) });
  });

/** The unknown facts that change the verdict of some completion of the others. */
const turningIn = (patient: Patient): readonly string[] => {
  const ranks = ranksOf(patient);
  return patient.unknown.filter((_, index) =>
    ranks.some((rank, bits) => rank !== ranks[bits ^ (1 << index)]),
  );
};

const screened = ({ body, known }: Patient): Screening => {
  const facts = Object.entries(known).map(([id, value]): readonly [string, FactValue] => [
    id,
    { kind: 'boolean', value },
  ]);
  return screen(body, Object.fromEntries(facts), { epochMs: 0, offsetMinutes: 0 });
};

const show = ({ body, known }: Patient): string =>
  JSON.stringify([
    body.scope.criterion,
    body.rules.map(({ severity, criterion }) => [severity, criterion]),
    known,
  ]);

laws('where no fact stands in two tests', () => {
  law(
    'the bounds are the mildest and the worst verdict of all completions',
    { seed: 101, runs: 2000 },
    (draw) => {
      const patient = drawPatient(draw);
      const [ranks, { bounds }] = [ranksOf(patient), screened(patient)];
      must(RANK[bounds.floor] === Math.min(...ranks), () => `floor ${bounds.floor} of ${show(patient)}`);
      must(
        RANK[bounds.ceiling] === Math.max(...ranks),
        () => `ceiling ${bounds.ceiling} of ${show(patient)}`,
      );
      return 1;
    },
  );

  law(
    'missing is every fact that changes the verdict of some completion, and no other',
    { seed: 102, runs: 2000 },
    (draw) => {
      const patient = drawPatient(draw);
      const turning = turningIn(patient);
      const missing = screened(patient).missing.map(({ fact }) => fact);
      must(
        turning.toSorted().join() === missing.toSorted().join(),
        () => `${missing.join()}, not ${turning.join()}: ${show(patient)}`,
      );
      return 1;
    },
  );

  law(
    'what a missing fact could make is the worst verdict that it changes',
    { seed: 103, runs: 2000 },
    (draw) => {
      const patient = drawPatient(draw);
      const ranks = ranksOf(patient);
      for (const { fact, couldMake } of screened(patient).missing) {
        const bit = 1 << patient.unknown.indexOf(fact);
        const changed = ranks.filter((rank, bits) => rank > (ranks[bits ^ bit] ?? 0));
        must(
          RANK[couldMake === 'precaution' ? 'eligible' : couldMake] === Math.max(...changed),
          () => `${fact} in ${show(patient)}`,
        );
      }
      return 1;
    },
  );
});

laws('where facts stand in many tests', () => {
  law('no completion lies outside of the bounds', { seed: 104, runs: 2000 }, (draw) => {
    const patient = drawPatient(draw, drawEntangled(draw));
    const [ranks, { bounds }] = [ranksOf(patient), screened(patient)];
    const inside = (rank: number): boolean => RANK[bounds.floor] <= rank && rank <= RANK[bounds.ceiling];
    must(ranks.every(inside), () => `${JSON.stringify(bounds)} of ${show(patient)}`);
    return 1;
  });

  law(
    'every fact that changes the verdict of some completion is missing',
    { seed: 105, runs: 2000 },
    (draw) => {
      const patient = drawPatient(draw, drawEntangled(draw));
      const missing = screened(patient).missing.map(({ fact }) => fact);
      const lost = turningIn(patient).filter((fact) => !missing.includes(fact));
      must(lost.length === 0, () => `${lost.join()} of ${show(patient)}`);
      return 1;
    },
  );
});
