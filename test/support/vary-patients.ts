import type { SentFact } from '../../src/rules/fact.js';
import type { RuleSet } from '../../src/rules/rule-set.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/values/json.js';
import { chance, pick, times, type Draw } from './generate-draw.js';
import { hintsOf } from './generate-hints.js';
import { drawKnown, REASONS, sentFactsOf, type Scene } from './generate-intake.js';
import { momentOf } from './generate-times.js';
import { vignetteNames } from './http.js';
import { patientFor } from './hypothetical.js';

/** Draws a patient that can be sent to a version of the shipped set. It may contradict itself, and is then refused. */
export type PatientSource = (draw: Draw) => JsonObject;

/** What the patients of the vignettes have of each fact: values that lie at the edges of the rules. */
type Told = ReadonlyMap<string, readonly JsonValue[]>;

const toldBy = (patients: readonly JsonObject[], facts: readonly SentFact[]): Told =>
  new Map(
    facts.map(
      ({ id }) => [id, patients.map((patient) => (patient.facts as JsonObject)[id] ?? null)] as const,
    ),
  );

/** Each number in a value somewhat smaller or greater, as whole as it was. */
const jittered = (draw: Draw, value: JsonValue): JsonValue => {
  if (typeof value === 'number') return Math.max(0, value + pick(draw, [0, 1, -1, 2, -2, 5, -5, 10, -10]));
  if (Array.isArray(value)) return value.map((item: JsonValue) => jittered(draw, item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, jittered(draw, item)]));
};

const drawValue = (draw: Draw, fact: SentFact, { told, scene }: { told: Told; scene: Scene }): JsonValue => {
  if (chance(draw, 20)) return chance(draw, 70) ? { unknown: pick(draw, REASONS) } : null;
  const measured = fact.type === 'number' || fact.type === 'series';
  return measured ? jittered(draw, pick(draw, told.get(fact.id) ?? [null])) : drawKnown(draw, fact, scene);
};

/**
 * The whole patients of the vignettes, each with up to five facts that are drawn: known, unknown with a reason, or not sent. Dates lie near what the rules
 * ask for, numbers and readings near those of another vignette.
 */
export const variedPatients = ({ body }: RuleSet): PatientSource => {
  const patients = vignetteNames().map((name) => patientFor(body.version, name, [body.version]));
  const facts = sentFactsOf(body);
  const told = toldBy(patients, facts);
  const hints = hintsOf(body);
  return (draw) => {
    const patient = pick(draw, patients);
    const scene = { asOf: momentOf(patient.asOf as string), hints, known: 100 };
    const drawn = times(1 + draw(5), () => {
      const fact = pick(draw, facts);
      return [fact.id, drawValue(draw, fact, { told, scene })] as const;
    });
    return { ...patient, facts: { ...(patient.facts as JsonObject), ...Object.fromEntries(drawn) } };
  };
};
