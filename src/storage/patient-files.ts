import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type JsonObject, type JsonValue } from '../values/json.js';
import { readJson } from '../values/read-json.js';
import { failure, success, type Result } from '../values/result.js';

/** A whole patient, by the name of the file. */
export type Patient = { readonly name: string; readonly intake: JsonObject };

const intakeIn = (value: JsonValue): JsonObject | null => {
  if (!isJsonObject(value)) return null;
  const { intake = value } = value;
  return isJsonObject(intake) ? intake : null;
};

/**
 * Reads whole patients: each JSON file of a folder is an intake, or an object that has one under `intake`.
 * @returns the patients, or the names of the files that hold none
 */
export const readPatients = (folder: string): Result<readonly Patient[], readonly string[]> => {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted();
  const read = names.map((name) => {
    const json = readJson(readFileSync(join(folder, name)));
    return { name: name.replace('.json', ''), intake: json.ok ? intakeIn(json.value) : null };
  });
  const bad = read.filter(({ intake }) => intake === null).map(({ name }) => name);
  if (bad.length > 0) return failure(bad);
  return success(read.flatMap(({ name, intake }) => (intake === null ? [] : [{ name, intake }])));
};
