import type { FactCode } from '../../rules/fact.js';

/** A code of a system, with the words that a person reads, as FHIR writes it. */
export type Coding = { readonly system: string; readonly code: string; readonly display: string };

/** The URIs under which FHIR knows the terminologies of the dictionary. */
export const TERMINOLOGIES: Readonly<Record<FactCode['system'], string>> = {
  snomed: 'http://snomed.info/sct',
  icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm',
  loinc: 'http://loinc.org',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  ips: 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips',
};

/** A code of the dictionary, in the system that it is of. */
export const terminologyCoding = ({ system, code, display }: FactCode): Coding => ({
  system: TERMINOLOGIES[system],
  code,
  display,
});

/** The URI of UCUM, without which a code is no unit. */
export const UCUM = 'http://unitsofmeasure.org';

/** Units whose code is not what people write. */
const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['a', 'years'],
  ['mm[Hg]', 'mmHg'],
  ['[lb_av]', 'lb'],
]);

/** A UCUM unit, with what people write for it. */
export const unitCoding = (unit: string): Coding => ({
  system: UCUM,
  code: unit,
  display: WRITTEN.get(unit) ?? unit,
});
