import { readIntake } from '../formats/intake/read-intake.js';
import type { Expectation } from '../rules/patient-file.js';
import { askInTurn, type Questioning } from '../screening/ask-in-turn.js';
import type { Verdict } from '../screening/decide.js';
import type { Screening } from '../screening/screen.js';
import { evaluateIntake } from '../services/evaluate-intake.js';
import type { RuleLibrary } from '../services/ports.js';
import type { Patient } from '../storage/patient-files.js';
import { parseInstant, type Instant } from '../values/instant.js';
import { newestIn } from './load-rules.js';
import { DEFAULT_AS_OF } from './run-cases.js';

/** A whole patient as tried: the verdict that asking in turn ends with and the answers that it took (null where the intake is refused), and what is not as expected. */
export type TriedPatient = {
  readonly patient: string;
  readonly reached: { readonly verdict: Verdict; readonly answers: number } | null;
  readonly faults: readonly string[];
};

type Said = { readonly what: string; readonly expected: string; readonly found: string };

const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));

const idsOf = (reasons: readonly { readonly rule: { readonly id: string } }[]): string =>
  listed(reasons.map(({ rule }) => rule.id));

/** What a patient's file says must come out, beside what does. The order of missing facts is that of asking, and is not compared. */
const saidOf = (expect: Expectation, screening: Screening): readonly Said[] => [
  { what: 'verdict', expected: expect.verdict, found: screening.verdict },
  { what: 'reasons', expected: listed(expect.reasons), found: idsOf(screening.reasons) },
  { what: 'precautions', expected: listed(expect.precautions), found: idsOf(screening.precautions) },
  ...(expect.missing === null
    ? []
    : [
        {
          what: 'missing',
          expected: listed(expect.missing.toSorted()),
          found: listed(screening.missing.map(({ fact }) => fact).toSorted()),
        },
      ]),
];

const tooMany = (most: number | undefined, { asked }: Questioning): readonly string[] =>
  most === undefined || asked.length <= most
    ? []
    : [`expected at most ${String(most)} answers, took ${String(asked.length)}`];

const faultsOf = (
  expect: Expectation | null,
  screening: Screening,
  asked: Questioning,
): readonly string[] => [
  ...(expect === null ? [] : saidOf(expect, screening))
    .filter(({ expected, found }) => expected !== found)
    .map(({ what, expected, found }) => `expected ${what} ${expected}, found ${found}`),
  ...tooMany(expect?.answersAtMost, asked),
  ...(asked.screening.verdict === screening.verdict
    ? []
    : [`asked in turn it is ${asked.screening.verdict}, all at once ${screening.verdict}`]),
];

const clockAt = (asOf: Instant | null): Instant => {
  const moment = asOf ?? parseInstant(DEFAULT_AS_OF);
  if (moment === null) throw new Error('the default moment is no timestamp');
  return moment;
};

const tryPatient = ({ name, intake, expect }: Patient, rules: RuleLibrary): TriedPatient => {
  const read = readIntake(intake);
  const evaluated = evaluateIntake(read, { clock: () => clockAt(read.asOf) }, newestIn(rules));
  if (!evaluated.ok)
    return {
      patient: name,
      reached: null,
      faults: evaluated.issues.map(({ pointer, detail }) => `${pointer}: ${detail}`),
    };
  const { ruleSet, asOf, screening } = evaluated.value;
  const asked = askInTurn(ruleSet.body, evaluated.value.read.facts, asOf);
  return {
    patient: name,
    reached: { verdict: asked.screening.verdict, answers: asked.asked.length },
    faults: faultsOf(expect, screening, asked),
  };
};

/**
 * Tries whole patients under the versions that they are pinned to, or the newest: whether each comes out as its file expects, and how many
 * answers lead there where `missing` is asked in turn.
 */
export const runPatients = (patients: readonly Patient[], rules: RuleLibrary): readonly TriedPatient[] =>
  patients.map((patient) => tryPatient(patient, rules));
