import type { z } from 'zod';
import { pointerTo } from '../values/pointer.js';
import type { RuleIssue } from './rule-issue.js';

type ZodIssue = z.core.$ZodIssue;

const steps = (path: readonly PropertyKey[]): readonly (string | number)[] =>
  path.map((step) => (typeof step === 'number' ? step : String(step)));

/** How badly a form of a union fits: keys that it lacks or does not know weigh most. */
const misfit = (issues: readonly ZodIssue[]): number =>
  issues
    .map((issue) => {
      if (issue.code === 'unrecognized_keys') return 10 * issue.keys.length;
      return issue.path.length <= 1 ? 5 : 1;
    })
    .reduce((sum, weight) => sum + weight, 0);

/** The faults of the form that fits best, for a value that fits no form of a union. */
const leaves = (issue: ZodIssue): readonly ZodIssue[] => {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const best = issue.errors.toSorted((a, b) => misfit(a) - misfit(b))[0] ?? [];
  return best.flatMap((inner) => leaves({ ...inner, path: [...issue.path, ...inner.path] }));
};

const detailOf = (issue: ZodIssue): string => {
  if (issue.code === 'unrecognized_keys')
    return `unknown ${issue.keys.map((key) => `\`${key}\``).join(', ')}: remove it, or correct its spelling`;
  return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
};

/** Turns what zod says of a rule file into rule issues, with the form that was probably meant where there are several. */
export const issuesOfZod = (error: z.core.$ZodError, pointer = ''): readonly RuleIssue[] =>
  error.issues.flatMap(leaves).map((issue) => ({
    pointer: steps(issue.path).reduce(pointerTo, pointer),
    code: 'not-in-the-language' as const,
    detail: detailOf(issue),
  }));
