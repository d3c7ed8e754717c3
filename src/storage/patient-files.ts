import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { patientFileSchema, type Expectation } from '../rules/patient-file.js';
import { issuesOfZod } from '../rules/zod-issues.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../values/json.js';
import { readJson } from '../values/read-json.js';
import { failure, success, type Result } from '../values/result.js';

/** A whole patient, by the name of the file: an intake, and what must come of it, or null where the file does not say. */
export type Patient = {
  readonly name: string;
  readonly intake: JsonObject;
  readonly expect: Expectation | null;
};

type Told = Result<Omit<Patient, 'name'>, readonly string[]>;

const told = (value: JsonValue): Told => {
  if (!isJsonObject(value)) return failure(['is no JSON object']);
  if (!Object.hasOwn(value, 'intake')) return success({ intake: value, expect: null });
  const parsed = patientFileSchema.safeParse(value);
  return parsed.success
    ? success({ intake: parsed.data.intake, expect: parsed.data.expect ?? null })
    : failure(issuesOfZod(parsed.error).map(({ pointer, detail }) => `${pointer} ${detail}`.trim()));
};

const toldIn = (file: string): Told => {
  const json = readJson(readFileSync(file));
  return json.ok ? told(json.value) : failure(json.issues.map(({ detail }) => detail));
};

/**
 * Reads whole patients: each JSON file of a folder is an intake, or an object that has one under `intake`, in the form of a patient file.
 * @returns the patients in the order of their names, or what is wrong with the files that hold none, as `name.json: what`
 * @throws Error of the file system where the folder cannot be read
 */
export const readPatients = (folder: string): Result<readonly Patient[], readonly string[]> => {
  const read = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((file) => ({ file, told: toldIn(join(folder, file)) }));
  const faults = read.flatMap((one) =>
    one.told.ok ? [] : one.told.issues.map((issue) => `${one.file}: ${issue}`),
  );
  if (faults.length > 0) return failure(faults);
  return success(
    read.flatMap((one) => (one.told.ok ? [{ name: one.file.replace('.json', ''), ...one.told.value }] : [])),
  );
};
