import type { Change, Effect } from '../../rules/diff/change.js';
import type { StepKind } from '../../rules/diff/rule-history.js';

const counted = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? '' : 's'}`;

/** What some changes come to, in one sentence. */
const summaryOf = (changes: readonly Change[]): string => {
  const logic = changes.filter(({ effect }) => effect === 'logic').length;
  if (changes.length === 0) return 'nothing changed';
  return logic === 0
    ? `only words changed (${counted(changes.length, 'change')}): no verdict, bounds or truth of a rule can come out otherwise`
    : `a screening can come out otherwise: ${counted(logic, 'change')} of what is read or evaluated, ${String(changes.length - logic)} of words`;
};

/** Some changes in sentences: what they come to, then each of them. */
export const changesInWords = (changes: readonly Change[]): readonly string[] => [
  summaryOf(changes),
  ...changes.map(({ inWords }) => inWords),
];

const BEHIND = 'the facts behind it changed, and so can what it means';

/** What a version made of a rule, in sentences. */
export const stepInWords = (
  rule: string,
  { change, effect }: { readonly change: StepKind; readonly effect: Effect },
  changes: readonly Change[],
): readonly string[] => {
  const means = change === 'unchanged' && effect === 'logic' ? `; ${BEHIND}` : '';
  return [`rule \`${rule}\`: ${change}${means}`, ...changes.map(({ inWords }) => inWords)];
};
