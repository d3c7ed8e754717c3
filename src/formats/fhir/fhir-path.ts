/** The resources that records come in, by the elements under which a pointer into them begins. */
const ROOTS: ReadonlyMap<string, string> = new Map([
  ['entry', 'Bundle'],
  ['link', 'Bundle'],
  ['item', 'QuestionnaireResponse'],
  ['parameter', 'Parameters'],
]);

const STEMS = [
  'abatement',
  'asNeeded',
  'deceased',
  'dose',
  'effective',
  'medication',
  'multipleBirth',
  'occurrence',
  'onset',
  'performed',
  'rate',
  'reported',
  'value',
].join('|');

const TYPES = [
  'Age',
  'Attachment',
  'Boolean',
  'CodeableConcept',
  'Coding',
  'Date',
  'DateTime',
  'Decimal',
  'Instant',
  'Integer',
  'Period',
  'Quantity',
  'Range',
  'Ratio',
  'Reference',
  'SampledData',
  'String',
  'Time',
  'Timing',
  'Uri',
].join('|');

/** In JSON an element that may be of several types has the type in its name; in FHIRPath it has not. */
const CHOICE = new RegExp(`^(${STEMS})(${TYPES})$`);

const INDEX = /^(0|[1-9]\d*)$/;

const ELEMENT = /^_?([A-Za-z][A-Za-z0-9]*)$/;

/** One step of a path; null where it names no element. An underscore is how JSON writes what else is said of a plain value. */
const stepOf = (step: string): string | null => {
  if (INDEX.test(step)) return `[${step}]`;
  const name = ELEMENT.exec(step)?.[1];
  return name === undefined ? null : `.${CHOICE.exec(name)?.[1] ?? name}`;
};

/**
 * The FHIRPath of the place that a JSON Pointer points to, in the simple form that an OperationOutcome takes: `/entry/3/resource/code` is
 * `Bundle.entry[3].resource.code`.
 * @returns null where the pointer is not into a Bundle, a QuestionnaireResponse or Parameters, or names what is no element
 * Source: HL7 FHIR R4 (4.0.1), OperationOutcome.issue.expression
 */
export const fhirPathOf = (pointer: string): string | null => {
  const [before, ...steps] = pointer.split('/');
  const root = ROOTS.get(steps[0] ?? '');
  if (before !== '' || root === undefined) return null;
  const written = steps.map(stepOf);
  return written.includes(null) ? null : `${root}${written.join('')}`;
};
