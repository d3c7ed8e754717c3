import type { AnswerPoints, Band, BandPoints, BooleanPoints } from '../derivation.js';
import type { RuleIssue } from '../rule-issue.js';
import { NONE, ruleIssue, type CheckContext } from './check-context.js';

type Place = { readonly pointer: string; readonly context: CheckContext };

const boundOf = (band: Band): number => band.from ?? band.above ?? Number.NEGATIVE_INFINITY;

const isOpen = (band: Band): boolean => band.from === undefined && band.above === undefined;

const checkBands = ({ bands }: BandPoints, pointer: string): readonly RuleIssue[] => {
  const rises = bands.every((band, index) => {
    const before = bands[index - 1];
    if (before === undefined) return isOpen(band);
    const sameBound =
      boundOf(band) === boundOf(before) && before.from !== undefined && band.above !== undefined;
    return !isOpen(band) && (boundOf(band) > boundOf(before) || sameBound);
  });
  return rises
    ? NONE
    : [
        ruleIssue(
          pointer,
          'bad-bands',
          'the first band has no bound, and each later one a higher bound than the one before',
        ),
      ];
};

const checkAnswers = (points: AnswerPoints, { pointer, context }: Place): readonly RuleIssue[] => {
  const fact = context.dictionary.facts.get(points.fact);
  if (fact?.type !== 'code') return [ruleIssue(pointer, 'wrong-type', `\`${points.fact}\` is no code fact`)];
  const codes = new Set(fact.options.map(({ code }) => code));
  return [
    ...[...codes]
      .filter((code) => !Object.hasOwn(points.answers, code))
      .map((code) =>
        ruleIssue(pointer, 'points-missing', `option \`${code}\` of \`${fact.id}\` has no points`),
      ),
    ...Object.keys(points.answers)
      .filter((code) => !codes.has(code))
      .map((code) => ruleIssue(pointer, 'unknown-code', `\`${fact.id}\` has no option \`${code}\``)),
  ];
};

/** Checks the points of an answer or of a number. */
export const checkPoints = (
  points: BooleanPoints | AnswerPoints | BandPoints,
  place: Place,
): readonly RuleIssue[] => {
  if ('bands' in points) return checkBands(points, place.pointer);
  if ('answers' in points) return checkAnswers(points, place);
  return place.context.dictionary.facts.get(points.fact)?.type === 'boolean'
    ? NONE
    : [ruleIssue(place.pointer, 'wrong-type', `\`${points.fact}\` is no boolean fact`)];
};
