import type { JsonObject } from '../../values/json.js';
import type { Answer } from './answered.js';
import type { Coding } from './coding.js';

/** The extensions that only this service defines, by what they say. docs/fhir-answers.md describes each. */
export const OWN_EXTENSIONS = {
  action: 'urn:ketamine-screening:extension:action',
  citation: 'urn:ketamine-screening:extension:citation',
  citedBasis: 'urn:ketamine-screening:extension:citation-basis',
  citedGrade: 'urn:ketamine-screening:extension:citation-grade',
  citedLocator: 'urn:ketamine-screening:extension:citation-locator',
  domain: 'urn:ketamine-screening:extension:domain',
  missing: 'urn:ketamine-screening:extension:missing',
  origin: 'urn:ketamine-screening:extension:origin',
  rationale: 'urn:ketamine-screening:extension:rationale',
} as const;

/** The code systems and the systems of identifiers that only this service defines. */
export const OWN_SYSTEMS = {
  dataQuality: 'urn:ketamine-screening:codes:data-quality',
  fault: 'urn:ketamine-screening:codes:fault',
  problem: 'urn:ketamine-screening:codes:problem',
  ruleSetHash: 'urn:ketamine-screening:rule-set-sha256',
} as const;

/** Which version answered. */
export type AnsweredBy = Answer['ruleSet'];

/** The canonical name of a rule-set version. */
export const canonicalOf = ({ id, version }: Pick<AnsweredBy, 'id' | 'version'>): string =>
  `urn:ketamine-screening:rule-set:${id}|${version}`;

/** A code of a system that is one rule-set version: of its rules, or of its facts. */
export type VersionedCoding = Coding & { readonly version: string };

/**
 * A rule or a fact of a version as a code. Both have systems of their own for each rule set, because two sets may name one thing alike.
 * @param kind what the code names
 */
export const ownCoding = (
  kind: 'rule' | 'fact',
  { id, version }: AnsweredBy,
  { code, display }: Pick<Coding, 'code' | 'display'>,
): VersionedCoding => ({ system: `urn:ketamine-screening:${kind}:${id}`, version, code, display });

/** A text under a key, or nothing: FHIR has no empty texts. */
export const textAt = (key: string, text: string | null | undefined): JsonObject =>
  text === null || text === undefined || text.trim() === '' ? {} : { [key]: text };

/** A list under a key, or nothing: FHIR has no empty lists. */
export const listAt = (key: string, list: readonly JsonObject[]): JsonObject =>
  list.length === 0 ? {} : { [key]: list };
