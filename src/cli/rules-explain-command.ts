import { readFileSync } from 'node:fs';
import { readIntake } from '../formats/intake/read-intake.js';
import { indexFacts } from '../rules/dictionary.js';
import { explainCriterion, type Explanation, type HeldShown } from '../screening/explain.js';
import { activeRules, type ActiveRule } from '../screening/find.js';
import { situationAt } from '../screening/situation.js';
import type { RuleLibrary } from '../services/ports.js';
import { findPinned } from '../services/rule-sets.js';
import { parseInstant, type Instant } from '../values/instant.js';
import type { Issue } from '../values/issue.js';
import type { JsonObject, JsonValue } from '../values/json.js';
import { readJson } from '../values/read-json.js';
import { CommandError, EXIT, wrongUsage } from './exit-codes.js';
import { loadRules, newestIn } from './load-rules.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';
import { errorCodeOf } from '../values/error-code.js';

/** Which intake is explained, which rules of it, and the moment of an intake that names none. */
export type ExplainAsked = {
  readonly file: string;
  /** One rule; null is every rule that is true or unknown. */
  readonly rule: string | null;
  readonly now: string;
};

type ExplainedRule = { readonly rule: ActiveRule; readonly explanation: Explanation };

const faults = (issues: readonly Issue[]): CommandError =>
  new CommandError(
    EXIT.fault,
    issues.map((issue) => ({ ...issue })),
  );

const intakeIn = (file: string): JsonValue => {
  const json = readJson(readBytes(file));
  if (!json.ok) throw faults(json.issues);
  return json.value;
};

const readBytes = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (error) {
    throw wrongUsage(`${file} cannot be read (${errorCodeOf(error)})`);
  }
};

const momentOf = (asOf: Instant | null, now: string): Instant => {
  const moment = asOf ?? parseInstant(now);
  if (moment === null) throw new RangeError('the time of the machine is no time');
  return moment;
};

/** Explains every rule of the version that an intake is pinned to, or else of the newest release. */
const explainAll = (rules: RuleLibrary, { file, now }: ExplainAsked): readonly ExplainedRule[] => {
  const intake = readIntake(intakeIn(file));
  const pinned = findPinned(intake, newestIn(rules));
  if (!pinned.found) throw faults([...intake.issues, pinned.issue]);
  const { body } = pinned.ruleSet;
  const asOf = momentOf(intake.asOf, now);
  const read = intake.readFacts(body, asOf);
  const issues = [...intake.issues, ...read.issues];
  if (issues.length > 0) throw faults(issues);
  const situation = situationAt(indexFacts(body.facts), read.facts, asOf);
  return activeRules(body).map((rule) => ({
    rule,
    explanation: explainCriterion(rule.criterion, situation),
  }));
};

const heldInWords = ({ value, unit, unknown, settledBy }: HeldShown): string => {
  if (unknown !== undefined) return `unknown: ${unknown}`;
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return `${shown}${unit === undefined ? '' : ` ${unit}`}${settledBy === undefined ? '' : `, settled by ${settledBy}`}`;
};

/** A tree, an indented line a part: its truth, what it says, and what is held of its fact. */
const treeLines = ({ truth, says, held, parts }: Explanation, indent: string): readonly string[] => [
  `${indent}${truth.padEnd(7)}  ${says}${held === undefined ? '' : `   [${heldInWords(held)}]`}`,
  ...parts.flatMap((part) => treeLines(part, `${indent}  `)),
];

const ruleLines = ({ rule, explanation }: ExplainedRule): readonly string[] => [
  `${rule.id} (${rule.severity}): ${rule.title}`,
  ...treeLines(explanation, '  '),
  '',
];

const chosen = (all: readonly ExplainedRule[], id: string | null): readonly ExplainedRule[] => {
  if (id === null) return all.filter(({ explanation }) => explanation.truth !== 'false');
  const found = all.filter(({ rule }) => rule.id === id);
  if (found.length === 0) throw wrongUsage(`there is no rule \`${id}\` in this version`);
  return found;
};

const countOf = (all: readonly ExplainedRule[]): string =>
  (['true', 'unknown', 'false'] as const)
    .map((truth) => `${String(all.filter(({ explanation }) => explanation.truth === truth).length)} ${truth}`)
    .join(', ');

const asJson = ({ rule, explanation }: ExplainedRule): JsonObject => ({
  rule: rule.id,
  severity: rule.severity,
  explanation: treeJson(explanation),
});

const treeJson = ({ truth, says, held, parts }: Explanation): JsonObject => ({
  truth,
  says,
  ...(held === undefined ? {} : { held: { ...held } }),
  parts: parts.map(treeJson),
});

/**
 * `rules explain`: why each rule is true, false or unknown of a patient, as an indented tree with the values.
 * @throws CommandError where the intake or the rules have faults
 */
export const explainCommand = (rulesDir: string, asked: ExplainAsked, style: Style): Outcome => {
  const all = explainAll(loadRules(rulesDir), asked);
  const told = chosen(all, asked.rule);
  return outcomeOf(
    {
      lines: [...told.flatMap(ruleLines), `${String(all.length)} rules: ${countOf(all)}`],
      json: { items: told.map(asJson) },
      exitCode: 0,
    },
    style,
  );
};
