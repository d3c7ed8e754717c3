import type { JsonObject } from '../values/json.js';
import { isDraft, type RuleSet } from '../rules/rule-set.js';
import { namesUnder } from '../log/release-signature.js';
import type { RuleFolder } from '../storage/rule-folder.js';

const SEVERITIES = ['absolute', 'relative', 'precaution'] as const;

const BASES = ['seen', 'general-knowledge', 'policy', 'to-check'] as const;

type Counts = Readonly<Record<string, number>>;

/** How many of the values each name has, in the order of the names. */
const countEach = (names: readonly string[], values: readonly string[]): Counts =>
  Object.fromEntries(names.map((name) => [name, values.filter((value) => value === name).length]));

const listCounts = (counts: Counts): string =>
  Object.entries(counts)
    .map(([name, number]) => `${String(number)} ${name}`)
    .join(', ');

/** What a rule set holds, in numbers: lines for people and an object for programs. */
export type RuleSetSummary = { readonly lines: readonly string[]; readonly json: JsonObject };

/** Counts what a rule set holds: rules by severity, facts, sources, cases, and citations by what they rest on, and questions that no EHR can answer by a code. */
export const summariseRuleSet = ({ ruleSet, cases, releases }: RuleFolder): RuleSetSummary => {
  const { body, sha256 } = ruleSet;
  const rules = countEach(
    SEVERITIES,
    body.rules.map(({ severity }) => severity),
  );
  const citations = countEach(
    BASES,
    [body.scope, ...body.rules].flatMap((rule) => rule.citations.map(({ basis }) => basis)),
  );
  const questions = body.facts.filter((fact) => fact.type !== 'derived');
  const questionsWithoutCodes = questions.filter(({ codes = [] }) => codes.length === 0).length;
  const sizes = {
    facts: body.facts.length,
    sources: body.sources.length,
    cases: cases.flatMap((file) => file.cases).length,
  };
  return {
    lines: [
      `${body.id} ${body.version}: ${String(body.rules.length)} rules (${listCounts(rules)}), ${listCounts(sizes)}, sha256 ${sha256}`,
      `  citations: ${listCounts(citations)}`,
      `  ${String(questionsWithoutCodes)} questions without codes, of ${String(questions.length)}`,
      ...releases.map(
        ({ entry }) => `  released: ${entry.version} on ${entry.releasedOn}, sha256 ${entry.sha256}`,
      ),
    ],
    json: {
      id: body.id,
      version: body.version,
      sha256,
      rules,
      ...sizes,
      citations,
      questions: questions.length,
      questionsWithoutCodes,
      releases: releases.map(({ entry }) => entry),
    },
  };
};

/** A rule-set version as `rules list` names it: a line for people and an object for programs. */
export type ListedVersion = { readonly line: string; readonly json: JsonObject };

const listVersion = ({ body, sha256 }: RuleSet, signature: string | null): ListedVersion => {
  const { id, version, title, rules, facts } = body;
  const status = isDraft(version) ? 'draft' : 'released';
  const signatures = signature === null ? [] : namesUnder(signature);
  const names = signatures.length === 0 ? '' : ` (signatures: ${signatures.join(', ')})`;
  return {
    line: `${id} ${version}  ${status}${names}  ${String(rules.length)} rules  ${sha256.slice(0, 12)}  ${title}`,
    json: { id, version, title, status, sha256, rules: rules.length, facts: facts.length, signatures },
  };
};

/** Names the versions of a set, releases before the draft, and the keys under whose name each is signed; that they hold is not said. Whether one is in force is a matter of a service's log, of which a folder knows nothing. */
export const listRuleSet = ({ ruleSet, releases }: RuleFolder): readonly ListedVersion[] => [
  ...releases.map((release) => listVersion(release.ruleSet, release.signature)),
  listVersion(ruleSet, null),
];
