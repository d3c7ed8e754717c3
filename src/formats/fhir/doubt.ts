import type { SentFact } from '../../rules/fact.js';
import type { FactCode } from '../../rules/fact.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import type { ClaimsRead } from './claim.js';
import { placeIn, remarkOn, type PatientRecord, type Under } from './under.js';

type System = FactCode['system'];

const DIAGNOSES: readonly System[] = ['snomed', 'icd10cm', 'ips'];

/** In which terminologies a kind of record names what it is about. */
const SYSTEMS_OF: ReadonlyMap<string, readonly System[]> = new Map([
  ['Condition', DIAGNOSES],
  ['Procedure', DIAGNOSES],
  ['AllergyIntolerance', [...DIAGNOSES, 'rxnorm']],
  ['Observation', ['loinc', 'snomed']],
  ['MedicationRequest', ['rxnorm']],
  ['MedicationStatement', ['rxnorm']],
]);

/** The one fact that comes from the Patient itself. */
export const AGE = 'age';

const isAnsweredBy = (type: string, fact: SentFact): boolean => {
  const isMedicine = type.startsWith('Medication');
  if (isMedicine || fact.type === 'codeList') return isMedicine && fact.type === 'codeList';
  return type === 'Observation' || fact.type === 'boolean' || fact.type === 'code';
};

/** Every fact that a record of a type could be about. One of a type that cannot be told could be about anything that has a code. */
const factsOfType = (type: string, { codes, body }: Pick<Under, 'codes' | 'body'>): readonly string[] => {
  const systems = SYSTEMS_OF.get(type);
  const about = codes.all.filter(
    ({ fact, by }) => systems === undefined || (systems.includes(by.system) && isAnsweredBy(type, fact)),
  );
  return [...new Set([...about.map(({ fact }) => fact.id), ...(systems === undefined ? agesIn(body) : [])])];
};

const agesIn = ({ facts }: RuleSetBody): readonly string[] =>
  facts.filter(({ id }) => id === AGE).map(({ id }) => id);

/** The kinds of record that facts are read from by code. */
export const isCodedType = (type: string): boolean => SYSTEMS_OF.has(type);

/**
 * What a record says that cannot be read: it may be about any fact of its kind, and tell anything of it. So each of these is unknown unless something adverse is
 * known of it; nothing that would reassure counts beside such a record.
 */
export const doubt = (record: PatientRecord, under: Under): ClaimsRead => ({
  claims: factsOfType(record.type, under).map((fact) => ({
    said: { kind: 'unknown', reason: 'unreadable' },
    from: placeIn(record, fact),
  })),
  remarks: [
    remarkOn(
      record,
      'unreadable',
      'this record cannot be read: whatever it may be about counts as unknown until it is mended or asked',
    ),
  ],
  unmapped: [],
});
