import { isJsonObject, type JsonObject, type JsonValue } from '../../src/values/json.js';

const FHIR = 'http://hl7.org/fhir/StructureDefinition/';

const isInt32 = (value: JsonValue | undefined): boolean =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2_147_483_647;

const isCoding = (value: JsonValue | undefined): boolean =>
  value !== undefined &&
  isJsonObject(value) &&
  typeof value.system === 'string' &&
  typeof value.code === 'string';

const isConcept = (value: JsonValue | undefined): boolean =>
  value !== undefined &&
  isJsonObject(value) &&
  Array.isArray(value.coding) &&
  value.coding.length > 0 &&
  value.coding.every((coding: JsonValue) => isCoding(coding));

const isLimit = (extension: JsonObject, { type }: JsonObject): boolean =>
  (type === 'integer' && isInt32(extension.valueInteger)) ||
  (type === 'decimal' && typeof extension.valueDecimal === 'number');

type Check = (extension: JsonObject, item: JsonObject) => boolean;

/** What each extension may hold, and on which items it may stand, by the name that FHIR R4 gives it. */
const CHECKS: Readonly<Record<string, Check>> = {
  'questionnaire-itemControl': ({ valueCodeableConcept }) => isConcept(valueCodeableConcept),
  'questionnaire-maxOccurs': ({ valueInteger }, { repeats }) => isInt32(valueInteger) && repeats === true,
  'questionnaire-unit': ({ valueCoding }, { type }) =>
    isCoding(valueCoding) && (type === 'integer' || type === 'decimal'),
  'questionnaire-unitOption': ({ valueCoding }, { type }) => isCoding(valueCoding) && type === 'quantity',
  minValue: isLimit,
  maxValue: isLimit,
};

const limitOf = (extensions: readonly JsonObject[], name: string): number | null => {
  const found = extensions.find(({ url }) => url === `${FHIR}${name}`);
  const limit = found?.valueInteger ?? found?.valueDecimal;
  return typeof limit === 'number' ? limit : null;
};

const faultsOf = (extension: JsonObject, item: JsonObject): readonly string[] => {
  const name = typeof extension.url === 'string' ? extension.url.replace(FHIR, '') : 'without a URL';
  const values = Object.keys(extension).filter((key) => key.startsWith('value'));
  if (values.length !== 1 || Object.keys(extension).length !== 2)
    return [`extension ${name} has not one value`];
  return CHECKS[name]?.(extension, item) === true ? [] : [`extension ${name}`];
};

/** What is wrong with the extensions of an item: one that is not known, one with another value, one on an item that cannot have it. */
export const extensionFaults = (item: JsonObject): readonly string[] => {
  const { extension = [] } = item;
  const extensions = Array.isArray(extension)
    ? extension.flatMap((one: JsonValue) => (isJsonObject(one) ? [one] : []))
    : [];
  const [least, greatest] = [limitOf(extensions, 'minValue'), limitOf(extensions, 'maxValue')];
  return [
    ...extensions.flatMap((one) => faultsOf(one, item)),
    ...(least !== null && greatest !== null && least > greatest ? ['limits the wrong way round'] : []),
  ];
};
