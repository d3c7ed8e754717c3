import type { JsonObject } from '../../values/json.js';
import { changesIn, type RuleSetDifference } from '../../rules/diff/diff-rule-sets.js';
import type { RuleSet } from '../../rules/rule-set.js';
import { changesInWords } from './difference-words.js';

const writeReference = ({ body, sha256 }: RuleSet): JsonObject => ({ version: body.version, sha256 });

/** Writes what changed between two versions: its structure, and the same in sentences. */
export const writeDifference = ({
  from,
  to,
  difference,
}: {
  readonly from: RuleSet;
  readonly to: RuleSet;
  readonly difference: RuleSetDifference;
}): JsonObject => ({
  ruleSet: to.body.id,
  from: writeReference(from),
  to: writeReference(to),
  effect: difference.effect,
  inWords: changesInWords(changesIn(difference)),
  heading: difference.heading,
  scope: difference.scope,
  rules: difference.rules,
  facts: difference.facts,
  sources: difference.sources,
  domains: difference.domains,
});
