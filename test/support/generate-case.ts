import { readIntake } from '../../src/formats/intake/read-intake.js';
import type { RuleSet } from '../../src/rules/rule-set.js';
import type { Facts } from '../../src/screening/facts.js';
import type { FactsRead } from '../../src/screening/intake.js';
import type { Instant } from '../../src/values/instant.js';
import type { Issue } from '../../src/values/issue.js';
import type { JsonValue } from '../../src/values/json.js';
import type { Draw } from './generate-draw.js';
import { hintsOf, type Hints } from './generate-hints.js';
import { drawIntake, type SentIntake } from './generate-intake.js';
import { drawRuleSet } from './generate-rule-set.js';

/** An intake under a rule set, as it was sent and as the reader made facts of it. */
export type Case = {
  readonly ruleSet: RuleSet;
  readonly hints: Hints;
  readonly sent: SentIntake;
  readonly asOf: Instant;
  readonly facts: Facts;
  readonly read: FactsRead;
};

/** Judges an intake that has no `asOf`: nothing that is drawn lies after it. */
const LATE: Instant = { epochMs: Date.UTC(2200, 0, 1), offsetMinutes: 0 };

/** What a reader says of an intake: every issue, and the facts. */
export const readUnder = (
  ruleSet: RuleSet,
  sent: JsonValue,
): { readonly asOf: Instant | null; readonly issues: readonly Issue[]; readonly read: FactsRead } => {
  const intake = readIntake(sent);
  const read = intake.readFacts(ruleSet.body, intake.asOf ?? LATE);
  return { asOf: intake.asOf, issues: [...intake.issues, ...read.issues], read };
};

/** Reads an intake that must be accepted: one that is refused is a mistake of the generator, or of the reader. */
export const acceptedCase = (ruleSet: RuleSet, hints: Hints, sent: SentIntake): Case => {
  const { asOf, issues, read } = readUnder(ruleSet, sent);
  if (asOf === null || issues.length > 0)
    throw new Error(`an intake is refused: ${JSON.stringify(issues)} in ${JSON.stringify(sent)}`);
  return { ruleSet, hints, sent, asOf, facts: read.facts, read };
};

/** A case in a few lines: what a reader of a failure needs, and nothing that has no effect. */
const describeCase = ({ ruleSet: { body }, sent, facts }: Case): string =>
  [
    ...body.facts.map(({ id, ...fact }) => {
      const rest = Object.entries(fact).filter(
        ([key]) => !['domain', 'question', 'label', 'source'].includes(key),
      );
      return `fact ${id} ${JSON.stringify(Object.fromEntries(rest))}`;
    }),
    `scope ${JSON.stringify(body.scope.criterion)}`,
    ...body.rules.map(({ id, severity, criterion }) => `${severity} ${id} ${JSON.stringify(criterion)}`),
    `intake ${JSON.stringify(sent)}`,
    `read as ${JSON.stringify(facts)}`,
  ].join('\n');

const described = new WeakSet<Error>();

/** Runs a check on a case. Where it throws, the case is told with the error, the innermost one first. */
export const withCase = (one: Case, check: (one: Case) => void): void => {
  try {
    check(one);
  } catch (error) {
    if (error instanceof Error && !described.has(error)) {
      described.add(error);
      error.message = `${error.message}\n${describeCase(one)}`;
    }
    throw error;
  }
};

/** How many intakes are drawn for a rule set, and in how many of a hundred sets the rules look at little but the time. */
export type CaseOptions = { readonly intakes: number; readonly timed?: number };

/** Draws a rule set, and runs a check on intakes under it. */
export const forIntakes = (draw: Draw, options: CaseOptions, check: (one: Case) => void): void => {
  const ruleSet = drawRuleSet(draw, options.timed);
  const hints = hintsOf(ruleSet.body);
  for (let index = 0; index < options.intakes; index += 1)
    withCase(acceptedCase(ruleSet, hints, drawIntake(draw, ruleSet.body, hints)), check);
};
