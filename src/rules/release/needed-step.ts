import { contradictionsOf } from '../dictionary.js';
import type { CodeListFact, Fact, Measured, Option, SentFact, SeriesFact } from '../fact.js';
import { factsBehind } from '../facts-behind.js';
import type { RuleSetBody } from '../rule-set.js';
import { diffRuleSets } from '../diff/diff-rule-sets.js';
import type { Step } from './version-number.js';

const isSent = (fact: Fact): fact is SentFact => fact.type !== 'derived';

const factorsOf = ({ unit, alsoAccepts = {} }: Measured): ReadonlyMap<string, number> =>
  new Map([[unit, 1], ...Object.entries(alsoAccepts)]);

/** Whether every number that could be sent still can, in its own unit, and means the same. */
const takesNumbersOf = (to: Measured, from: Measured): boolean => {
  const factors = factorsOf(to);
  return (
    to.unit === from.unit &&
    to.range.min <= from.range.min &&
    to.range.max >= from.range.max &&
    (to.integer !== true || from.integer === true) &&
    [...factorsOf(from)].every(([unit, factor]) => factors.get(unit) === factor)
  );
};

const hasOptionsOf = (to: readonly Option[], from: readonly Option[]): boolean =>
  from.every(({ code }) => to.some((option) => option.code === code));

const sameText = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

const takesReadingsOf = (to: SeriesFact, from: SeriesFact): boolean =>
  sameText(Object.keys(to.components).toSorted(), Object.keys(from.components).toSorted()) &&
  sameText(to.ordered, from.ordered) &&
  Object.entries(from.components).every(([name, component]) => {
    const other = to.components[name];
    return other !== undefined && takesNumbersOf(other, component);
  });

const takesCodesOf = (to: CodeListFact, from: CodeListFact): boolean =>
  to.open === from.open && (to.open || hasOptionsOf(to.options, from.options));

const takesMeasuresOf = (to: Fact, from: SentFact): boolean => {
  if (to.type === 'number' && from.type === 'number') return takesNumbersOf(to, from);
  return to.type !== 'series' || from.type !== 'series' || takesReadingsOf(to, from);
};

const takesChoicesOf = (to: Fact, from: SentFact): boolean => {
  if (to.type === 'code' && from.type === 'code') return hasOptionsOf(to.options, from.options);
  return to.type !== 'codeList' || from.type !== 'codeList' || takesCodesOf(to, from);
};

/** Whether every answer to a fact that was valid still is. */
const takesAnswersOf = (to: Fact, from: SentFact): boolean =>
  to.type === from.type && takesMeasuresOf(to, from) && takesChoicesOf(to, from);

const gateOf = (fact: Fact): readonly string[] => (fact.type === 'boolean' ? (fact.gate ?? []) : []);

const detailOf = (fact: Fact): string | undefined => ('detailOf' in fact ? fact.detailOf : undefined);

type Versions = { readonly from: RuleSetBody; readonly to: RuleSetBody };

/** Whether an answer is refused beside something that it could stand beside before, as far as an intake of before can hold that. */
const isRefusedAnew = (to: Fact, from: SentFact, versions: Versions): boolean => {
  const sendable = new Set(versions.from.facts.filter(isSent).map(({ id }) => id));
  return contradictionsOf(to)
    .filter((listed) => !contradictionsOf(from).some((old) => sameText(old, listed)))
    .some(({ when }) => [...factsBehind(when, versions.to.facts)].some((id) => sendable.has(id)));
};

/**
 * Whether two answers that went together still do: a gate that is false contradicts each of its particulars, and so does what a detail is of.
 * What no intake could hold before is in no contradiction.
 */
const contradictsNoMore = (to: Fact, from: SentFact, known: ReadonlySet<string>): boolean => {
  const newlySettled = gateOf(to).filter((particular) => !gateOf(from).includes(particular));
  const whole = detailOf(to);
  return (
    !newlySettled.some((particular) => known.has(particular)) &&
    (whole === undefined || whole === detailOf(from) || !known.has(whole))
  );
};

/** Whether every intake that was valid under one version is valid under another. A fact that is new refuses nothing. */
const takesEveryIntakeOf = (to: RuleSetBody, from: RuleSetBody): boolean => {
  const facts = new Map(to.facts.map((fact) => [fact.id, fact]));
  const known = new Set(from.facts.map(({ id }) => id));
  return from.facts.filter(isSent).every((before) => {
    const after = facts.get(before.id);
    return (
      after !== undefined &&
      takesAnswersOf(after, before) &&
      contradictsNoMore(after, before, known) &&
      !isRefusedAnew(after, before, { from, to })
    );
  });
};

/**
 * The least step that says what changed from one version to another: major where an intake that was valid may now be refused, minor where a
 * verdict, a reason or a question can come out otherwise, patch where only words and citations differ; null where nothing differs.
 */
export const neededStep = (from: RuleSetBody, to: RuleSetBody): Step | null => {
  const { effect } = diffRuleSets({ ...from, version: to.version }, to);
  if (effect === 'none') return null;
  if (!takesEveryIntakeOf(to, from)) return 'major';
  return effect === 'logic' ? 'minor' : 'patch';
};
