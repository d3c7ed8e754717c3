import { readIntake } from '../formats/intake/read-intake.js';
import type { RuleSet } from '../rules/rule-set.js';
import { judge } from '../screening/screen.js';
import { parseInstant } from '../values/instant.js';
import type { JsonObject } from '../values/json.js';
import type { VersionPair } from '../services/compare-rule-sets.js';
import type { Patient } from '../storage/patient-files.js';
import { comparedIn } from './rules-diff-command.js';
import { DEFAULT_AS_OF } from './run-cases.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';

/** What a version says of a patient: its verdict and reasons, or that it refuses the intake. */
type Said = {
  readonly verdict: string;
  readonly reasons: readonly string[];
  readonly precautions: readonly string[];
};

/** A patient as versions are compared on: what is expected of one plays no part. */
export type ComparedPatient = Pick<Patient, 'name' | 'intake'>;

/** A patient of whom two versions say something else. */
type Impact = { readonly patient: string; readonly from: Said; readonly to: Said };

const REFUSED: Said = { verdict: 'refused', reasons: [], precautions: [] };

const ids = (reasons: readonly { readonly rule: { readonly id: string } }[]): readonly string[] =>
  reasons.map(({ rule }) => rule.id);

const sayOf = (intake: JsonObject, { body }: RuleSet): Said => {
  const { asOf, readFacts, issues } = readIntake(intake);
  const moment = asOf ?? parseInstant(DEFAULT_AS_OF);
  if (moment === null || issues.length > 0) return REFUSED;
  const read = readFacts(body, moment);
  if (read.issues.length > 0) return REFUSED;
  const { verdict, reasons, precautions } = judge(body, read.facts, moment);
  return { verdict, reasons: ids(reasons), precautions: ids(precautions) };
};

const isSame = (a: Said, b: Said): boolean => JSON.stringify(a) === JSON.stringify(b);

const listed = (rules: readonly string[]): string => (rules.length === 0 ? '-' : rules.join(', '));

const gone = (from: readonly string[], to: readonly string[]): readonly string[] => [
  ...from.filter((rule) => !to.includes(rule)).map((rule) => `-${rule}`),
  ...to.filter((rule) => !from.includes(rule)).map((rule) => `+${rule}`),
];

const rowOf = ({ patient, from, to }: Impact): string => {
  const rules = [...gone(from.reasons, to.reasons), ...gone(from.precautions, to.precautions)];
  return `| ${patient} | ${from.verdict} | ${to.verdict} | ${listed(rules)} |`;
};

const matrixOf = (impacts: readonly Impact[]): readonly string[] => {
  const moves = impacts.map(({ from, to }) => `${from.verdict} to ${to.verdict}`);
  return [...new Set(moves)]
    .toSorted()
    .map((move) => `${move}: ${String(moves.filter((other) => other === move).length)}`);
};

const tableOf = (impacts: readonly Impact[]): readonly string[] =>
  impacts.length === 0
    ? []
    : [
        '| patient | verdict before | after | reasons and precautions that came and went |',
        '| --- | --- | --- | --- |',
        ...impacts.map(rowOf),
        '',
      ];

/** Whether the version before could not take an intake that the one after takes: it was written for facts that were not there. */
const isNew = ({ from, to }: Impact): boolean => from === REFUSED && to !== REFUSED;

/** The intakes of which there is nothing to compare, counted and not listed: after a new domain they would bury the others. */
const countOfNew = (count: number, version: string): readonly string[] =>
  count === 0
    ? []
    : [`${String(count)} more hold what ${version} does not take, so of them there is nothing to compare.`];

const asJson = ({ patient, from, to }: Impact): JsonObject => ({ patient, from: { ...from }, to: { ...to } });

/** `rules impact`: every patient of whom two versions say something else. An empty table is an answer too. */
export const impactCommand = (
  rulesDir: string,
  { pair, patients }: { readonly pair: VersionPair; readonly patients: readonly ComparedPatient[] },
  style: Style,
): Outcome => {
  const { from, to } = comparedIn(rulesDir, pair);
  const impacts = patients
    .map(({ name, intake }) => ({ patient: name, from: sayOf(intake, from), to: sayOf(intake, to) }))
    .filter((impact) => !isSame(impact.from, impact.to));
  const compared = impacts.filter((impact) => !isNew(impact));
  const added = impacts.length - compared.length;
  return outcomeOf(
    {
      lines: [
        `### ${pair.set}: impact of ${pair.to} after ${pair.from}`,
        '',
        ...tableOf(compared),
        `${String(compared.length)} of ${String(patients.length - added)} patients have another verdict, or other reasons.`,
        ...matrixOf(compared),
        ...countOfNew(added, pair.from),
      ],
      json: { patients: patients.length, impacts: impacts.map(asJson) },
      exitCode: 0,
    },
    style,
  );
};
