import { isJsonObject, type JsonValue } from '../../values/json.js';
import type { Truth } from '../../values/truth.js';
import { isRxNorm } from '../fhir/fact-codes.js';
import type { Products } from '../fhir/products.js';
import type { Part } from '../fhir/records.js';
import { resolver } from '../fhir/whose.js';
import { itemsOf, memberOf, textOf } from './members.js';
import { namesTreatment, TREATMENT_INGREDIENTS } from './treatment.js';

/** What an order is judged with: what is known of products, and the resources that it may refer to. */
export type OrderLook = { readonly products: Products; readonly parts: readonly Part[] };

/** Whether a code is of the treatment, by its ingredients. A code of another system, or one that is not known, tells nothing. */
const codeTruth = (coding: JsonValue, products: Products): Truth => {
  const code = textOf(coding, 'code');
  const system = textOf(coding, 'system');
  if (code === null || system === null || !isRxNorm({ system, code })) return 'unknown';
  if (TREATMENT_INGREDIENTS.includes(code)) return 'true';
  const ingredients = products(code);
  if (ingredients === null) return 'unknown';
  return ingredients.some((ingredient) => TREATMENT_INGREDIENTS.includes(ingredient)) ? 'true' : 'false';
};

const wordsOf = (concept: JsonValue, codings: readonly JsonValue[]): readonly string[] =>
  [textOf(concept, 'text'), ...codings.map((coding) => textOf(coding, 'display'))].flatMap((words) =>
    words === null ? [] : [words],
  );

/**
 * Whether a concept is of the treatment. A code or a word that says so decides. It is known not to be where a code is known to be of something else, or where
 * there are words for it that do not name the treatment; a code alone that nobody knows leaves it open.
 */
export const conceptTruth = (concept: JsonValue, products: Products): Truth => {
  const codings = itemsOf(concept, 'coding');
  const words = wordsOf(concept, codings);
  const codes = codings.map((coding) => codeTruth(coding, products));
  if (codes.includes('true') || words.some(namesTreatment)) return 'true';
  return codes.includes('false') || words.length > 0 ? 'false' : 'unknown';
};

/** Whether any of the codes of a concept is of the treatment, whatever its words say. */
export const isCoded = (concept: JsonValue, products: Products): boolean =>
  itemsOf(concept, 'coding').some((coding) => codeTruth(coding, products) === 'true');

/** The resource that a reference leads to: a contained one, or another one of the request. */
const resourceAt = (reference: string, order: JsonValue, { parts }: OrderLook): JsonValue =>
  isJsonObject(order) ? resolver(parts)(reference, order) : null;

/** The concepts of a Medication: what it is, and what is in it. */
const conceptsOfMedication = (medication: JsonValue): readonly JsonValue[] => [
  memberOf(medication, 'code'),
  ...itemsOf(medication, 'ingredient').map((one) => memberOf(one, 'itemCodeableConcept')),
];

/** The concepts by which an order for a medicine names it: its own, those of the Medication that it refers to, and the words of the reference. */
export const medicinesOf = (order: JsonValue, look: OrderLook): readonly JsonValue[] => {
  const reference = memberOf(order, 'medicationReference');
  const target = textOf(reference, 'reference');
  const words = textOf(reference, 'display');
  return [
    memberOf(order, 'medicationCodeableConcept'),
    ...(target === null ? [] : conceptsOfMedication(resourceAt(target, order, look))),
    ...(words === null ? [] : [{ text: words }]),
  ].filter((concept) => concept !== null);
};

/** Whether an order for a medicine is one of the treatment: unknown where nothing says which medicine it is. */
export const medicineTruth = (order: JsonValue, look: OrderLook): Truth => {
  const truths = medicinesOf(order, look).map((concept) => conceptTruth(concept, look.products));
  // What names the medicine in any way has told that it is another one; what says nothing beside it takes nothing back.
  if (truths.includes('true')) return 'true';
  return truths.includes('false') ? 'false' : 'unknown';
};
