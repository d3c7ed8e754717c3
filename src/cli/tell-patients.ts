import type { JsonObject } from '../values/json.js';
import type { TriedPatient } from './run-patients.js';

/** How many answers lead to a final verdict, over the patients who reach one. */
type Answers = { readonly final: number; readonly median: number; readonly highest: number };

const medianOf = (sorted: readonly number[]): number => {
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, number) => sum + number, 0) / middle.length;
};

const answersOf = (tried: readonly TriedPatient[]): Answers | null => {
  const counts = tried
    .flatMap(({ reached }) => (reached === null || reached.verdict === 'incomplete' ? [] : [reached.answers]))
    .toSorted((a, b) => a - b);
  const highest = counts.at(-1);
  return highest === undefined ? null : { final: counts.length, median: medianOf(counts), highest };
};

const inWords = ({ final, median, highest }: Answers): string =>
  `a final verdict takes ${String(highest)} answers at most, ${String(median)} in the median (${String(final)} patients)`;

const rowOf = ({ patient, reached }: TriedPatient, width: number): string =>
  [
    patient.padEnd(width),
    (reached?.verdict ?? 'refused').padEnd('ineligible'.length),
    reached === null ? '-' : String(reached.answers),
  ].join('  ');

const tableOf = (tried: readonly TriedPatient[]): readonly string[] => {
  const width = Math.max('PATIENT'.length, ...tried.map(({ patient }) => patient.length));
  return [
    `${'PATIENT'.padEnd(width)}  ${'VERDICT'.padEnd('ineligible'.length)}  ANSWERS`,
    ...tried.map((one) => rowOf(one, width)),
  ];
};

/** What a test came to: lines for people, an object for programs, and what is wrong. */
export type Told = {
  readonly lines: readonly string[];
  readonly json: JsonObject;
  readonly errors: readonly JsonObject[];
};

/** What is told of whole patients: a row each, what is not as expected, and the highest and the median number of answers. */
export const tellPatients = (tried: readonly TriedPatient[]): Told => {
  const errors = tried.flatMap(({ patient, faults }) =>
    faults.map((detail) => ({ code: 'patient-not-as-expected', patient, detail })),
  );
  const held = tried.filter(({ faults }) => faults.length === 0).length;
  const answers = answersOf(tried);
  return {
    lines: [
      ...tableOf(tried),
      ...errors.map(({ patient, detail }) => `${patient}: ${detail}`),
      `${String(held)} of ${String(tried.length)} patients come out as expected`,
      ...(answers === null ? [] : [inWords(answers)]),
    ],
    json: {
      patients: tried.map(({ patient, reached }) => ({ patient, ...(reached ?? { refused: true }) })),
      patientsHeld: held,
      answers,
    },
    errors,
  };
};
