import type { JsonObject } from '../../values/json.js';
import { unitCoding } from './coding.js';

/** Where the extensions are defined that FHIR R4 itself has for questionnaires. */
const DEFINED_AT = 'http://hl7.org/fhir/StructureDefinition/questionnaire-';

/** The extensions that a questionnaire of this service uses, by what they say. */
export const EXTENSION_URLS = {
  itemControl: `${DEFINED_AT}itemControl`,
  maxOccurs: `${DEFINED_AT}maxOccurs`,
  unit: `${DEFINED_AT}unit`,
  unitOption: `${DEFINED_AT}unitOption`,
  /** The limits are extensions of FHIR at large, so their names lack the prefix. */
  minValue: 'http://hl7.org/fhir/StructureDefinition/minValue',
  maxValue: 'http://hl7.org/fhir/StructureDefinition/maxValue',
} as const;

const CONTROLS = { help: 'Help-Button', 'radio-button': 'Radio Button' } as const;

/** How an item is to be shown: words of help beside their question, or a choice whose options are all seen at once. */
export const itemControl = (code: keyof typeof CONTROLS): JsonObject => ({
  url: EXTENSION_URLS.itemControl,
  valueCodeableConcept: {
    coding: [{ system: 'http://hl7.org/fhir/questionnaire-item-control', code, display: CONTROLS[code] }],
  },
});

/** The greatest number of answers, or of repetitions of a group. */
export const maxOccurs = (count: number): JsonObject => ({
  url: EXTENSION_URLS.maxOccurs,
  valueInteger: count,
});

/** The unit of an answer that is a bare number. */
export const unitOf = (unit: string): JsonObject => ({
  url: EXTENSION_URLS.unit,
  valueCoding: unitCoding(unit),
});

/** A unit that may be chosen for an answer that is a quantity. */
export const unitOption = (unit: string): JsonObject => ({
  url: EXTENSION_URLS.unitOption,
  valueCoding: unitCoding(unit),
});

/** The least and the greatest answer, both allowed, for an item of a type. */
export const limits = (
  type: 'integer' | 'decimal',
  { min, max }: { readonly min: number; readonly max: number },
): readonly JsonObject[] =>
  type === 'integer'
    ? [
        { url: EXTENSION_URLS.minValue, valueInteger: Math.ceil(min) },
        { url: EXTENSION_URLS.maxValue, valueInteger: Math.floor(max) },
      ]
    : [
        { url: EXTENSION_URLS.minValue, valueDecimal: min },
        { url: EXTENSION_URLS.maxValue, valueDecimal: max },
      ];
