import type { Dictionary } from '../dictionary.js';
import type { RuleSetBody } from '../rule-set.js';
import type { RuleIssue, RuleIssueCode } from '../rule-issue.js';

/** What the checks look at: a body that has the form of the language, and the index of its facts. */
export type CheckContext = {
  readonly body: RuleSetBody;
  readonly dictionary: Dictionary;
  readonly sources: ReadonlySet<string>;
};

/** Makes a rule issue. */
export const ruleIssue = (pointer: string, code: RuleIssueCode, detail: string): RuleIssue => ({
  pointer,
  code,
  detail,
});

/** Nothing wrong. */
export const NONE: readonly RuleIssue[] = [];

/** The issues of the ids that stand twice. */
export const duplicateIds = (
  items: readonly { readonly id: string }[],
  pointer: string,
): readonly RuleIssue[] =>
  items.flatMap(({ id }, index) =>
    items.findIndex((other) => other.id === id) === index
      ? NONE
      : [
          ruleIssue(
            `${pointer}/${String(index)}/id`,
            'duplicate-id',
            `id \`${id}\` stands twice: give this one its own`,
          ),
        ],
  );
