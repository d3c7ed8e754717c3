import { readFileSync } from 'node:fs';

/** A patient of examples/patients.ndjson: how this one differs from examples/eligible.json, and the verdict that follows. */
type Patient = {
  readonly subject: string;
  readonly verdict: 'eligible' | 'review' | 'incomplete' | 'ineligible';
  /** Facts in the place of those of the example; undefined leaves one out. */
  readonly changes?: Readonly<Record<string, unknown>>;
  /** All that is known, where it is less than the example has. */
  readonly only?: Readonly<Record<string, unknown>>;
};

const sitting = (systolic: number, diastolic: number, day: string): unknown => [
  { systolic: systolic + 2, diastolic, takenAt: `${day}T10:00:00Z` },
  { systolic: systolic - 2, diastolic, takenAt: `${day}T10:05:00Z` },
];

const HEART_DETAILS = {
  heartDisease: true,
  unstableAngina: false,
  cardiogenicShock: false,
  decompensatedHeartFailure: false,
  heartFailure: false,
  coronaryDisease: false,
  unstableArrhythmia: false,
  arrhythmia: false,
};

/** Twelve patients, no two of them alike. All of them are made up. */
export const PATIENTS: readonly Patient[] = [
  { subject: 'all-clear', verdict: 'eligible' },
  {
    subject: 'controlled-pressure',
    verdict: 'eligible',
    changes: { hypertensionDiagnosis: true, bloodPressure: sitting(134, 82, '2026-02-28') },
  },
  {
    subject: 'pressure-to-treat-first',
    verdict: 'review',
    changes: { hypertensionDiagnosis: true, bloodPressure: sitting(166, 97, '2026-02-28') },
  },
  {
    subject: 'old-readings',
    verdict: 'incomplete',
    changes: { bloodPressure: sitting(124, 78, '2025-11-28') },
  },
  {
    subject: 'heart-attack-20-days-ago',
    verdict: 'ineligible',
    changes: { ...HEART_DETAILS, acuteHeartEvent: true, lastHeartEventDate: '2026-02-10' },
  },
  {
    subject: 'heart-attack-this-year',
    verdict: 'incomplete',
    changes: { ...HEART_DETAILS, acuteHeartEvent: true, lastHeartEventDate: '2026' },
  },
  { subject: 'angina-and-nothing-else', verdict: 'ineligible', only: { unstableAngina: true } },
  { subject: 'never-asked', verdict: 'incomplete', only: {} },
  {
    subject: 'would-not-say',
    verdict: 'incomplete',
    changes: { suicidalThoughts: { unknown: 'declined' }, suicidalIntent: { unknown: 'declined' } },
  },
  { subject: 'hears-voices', verdict: 'ineligible', changes: { activePsychosis: true } },
  { subject: 'aged-16', verdict: 'review', changes: { age: 16 } },
  {
    subject: 'at-home-on-methadone',
    verdict: 'review',
    changes: {
      age: 42,
      route: 'oral',
      setting: 'home',
      medications: { codes: ['6813'], complete: true },
      substanceProblem: true,
      opioidAgonistTreatment: true,
      pastSubstanceUseDisorder: true,
      remissionStartDate: '2023-10',
    },
  },
];

const example = JSON.parse(readFileSync('examples/eligible.json', 'utf8')) as { facts: object };

/** The text of examples/patients.ndjson. The version is left open, so that a service answers by the one in force. */
export const patientsText = (): string =>
  PATIENTS.map(({ subject, changes, only }) =>
    JSON.stringify({
      subject,
      asOf: '2026-03-02T09:30:00Z',
      retrospective: true,
      facts: only ?? { ...example.facts, ...changes },
    }),
  )
    .map((line) => `${line}\n`)
    .join('');
