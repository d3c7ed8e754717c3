import { readIntake } from '../formats/intake/read-intake.js';
import { parseInstant } from '../values/instant.js';
import type { JsonObject } from '../values/json.js';
import type { RuleCase, RuleCases } from '../rules/rule-files.js';
import type { RuleSet } from '../rules/rule-set.js';
import { judge } from '../screening/screen.js';

/** The moment at which a case, or a whole patient, is judged where it names none. */
export const DEFAULT_AS_OF = '2026-11-22T09:30:00Z';

/** A case that did not come out as expected, or could not be read. */
export type CaseFailure = { readonly rule: string; readonly name: string; readonly detail: string };

const tryCase = (rule: string, ruleCase: RuleCase, { body }: RuleSet): CaseFailure | null => {
  const fail = (detail: string): CaseFailure => ({ rule, name: ruleCase.name, detail });
  const asOf = parseInstant(ruleCase.asOf ?? DEFAULT_AS_OF);
  if (asOf === null) return fail('`asOf` is no timestamp');
  const facts: JsonObject = ruleCase.facts;
  const read = readIntake({ facts }).readFacts(body, asOf);
  const [issue] = read.issues;
  if (issue !== undefined) return fail(`${issue.pointer}: ${issue.detail}`);
  const found = judge(body, read.facts, asOf).findings.find((finding) => finding.rule.id === rule);
  if (found === undefined) return fail('there is no such rule');
  return found.truth === ruleCase.expect ? null : fail(`expected ${ruleCase.expect}, found ${found.truth}`);
};

const trySeverity = ({ rule, severity }: RuleCases, { body }: RuleSet): CaseFailure | null => {
  const found = body.rules.find(({ id }) => id === rule)?.severity;
  return found === severity
    ? null
    : { rule, name: 'severity', detail: `expected ${severity}, found ${found ?? 'no such rule'}` };
};

/** Runs the cases beside the rules of a set: each rule must have the severity that they say, and each case must make it what it says. */
export const runCases = (ruleSet: RuleSet, files: readonly RuleCases[]): readonly CaseFailure[] =>
  files.flatMap((file) =>
    [trySeverity(file, ruleSet), ...file.cases.map((one) => tryCase(file.rule, one, ruleSet))].filter(
      (failure) => failure !== null,
    ),
  );
