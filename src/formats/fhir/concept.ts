import type { JsonObject } from '../../values/json.js';
import { objectAt, objectsAt, textAt, type Looked } from './look.js';

/** A code of a system, as a record names it. */
export type RecordCode = { readonly system: string; readonly code: string };

/** What a record calls something: codes, and words where it has some. */
export type Concept = { readonly codes: readonly RecordCode[]; readonly text: string | null };

/** A coding without a system, or without a code, names nothing that could be looked up. */
const codeOf = (coding: JsonObject): Looked<RecordCode> => {
  const system = textAt(coding, 'system');
  const code = textAt(coding, 'code');
  if (system === null || code === null) return null;
  return system === undefined || code === undefined
    ? undefined
    : { system: system.trim(), code: code.trim() };
};

const wordsOf = (concept: JsonObject, codings: readonly JsonObject[]): string | null => {
  const words = [textAt(concept, 'text'), ...codings.map((coding) => textAt(coding, 'display'))];
  return words.find((word) => typeof word === 'string') ?? null;
};

/** Reads a CodeableConcept. */
const readConcept = (concept: JsonObject): Concept | null => {
  const codings = objectsAt(concept, 'coding');
  if (codings === null || textAt(concept, 'text') === null) return null;
  const codes = (codings ?? []).map(codeOf);
  if (codes.includes(null)) return null;
  return {
    codes: codes.filter((code) => code !== undefined && code !== null),
    text: wordsOf(concept, codings ?? []),
  };
};

/** Whether a concept has a code or words. A record that names nothing may be about anything. */
export const isNaming = (concept: Looked<Concept>): concept is Concept =>
  concept !== undefined && concept !== null && (concept.codes.length > 0 || concept.text !== null);

/** The CodeableConcept under a key. */
export const conceptAt = (object: JsonObject, key: string): Looked<Concept> => {
  const concept = objectAt(object, key);
  return concept === undefined || concept === null ? concept : readConcept(concept);
};

/**
 * The one code of a status in its system.
 * @returns null where it has none there or several, so that what it says cannot be told
 */
export const statusIn = (status: Looked<Concept>, system: string): Looked<string> =>
  status === undefined || status === null ? status : onlyCodeIn(status, system);

const onlyCodeIn = (concept: Concept, system: string): string | null => {
  const codes = [...new Set(concept.codes.filter((one) => one.system === system).map(({ code }) => code))];
  return codes.length === 1 ? (codes[0] ?? null) : null;
};
