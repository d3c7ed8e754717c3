import { formatInstant, type Instant } from '../../values/instant.js';
import type { JsonObject } from '../../values/json.js';
import { indexFacts } from '../../rules/dictionary.js';
import type { RuleSet } from '../../rules/rule-set.js';
import type { Screening } from '../../screening/screen.js';
import { writeMissing, writeVersion } from './write-answer.js';

/** What to ask next: facts that could still change the verdict, and facts that could only add to it. No verdict. */
export const writeNext = (next: {
  readonly screening: Screening;
  readonly ruleSet: RuleSet;
  readonly approval: string;
  readonly asOf: Instant;
}): JsonObject => {
  const missing = writeMissing(indexFacts(next.ruleSet.body.facts));
  return {
    missing: next.screening.missing.map(missing),
    alsoUseful: next.screening.alsoUseful.map(missing),
    ruleSet: writeVersion(next.ruleSet, next.approval),
    asOf: formatInstant(next.asOf),
  };
};
