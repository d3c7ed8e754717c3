import type { JsonValue } from '../../values/json.js';
import type { Truth } from '../../values/truth.js';
import type { DataQuality } from '../../screening/intake.js';
import type { Part } from '../fhir/records.js';
import { itemsOf, memberOf, textOf, typeOf } from './members.js';
import { conceptTruth, isCoded, medicinesOf, medicineTruth, type OrderLook } from './medicine.js';
import { namesTreatment } from './treatment.js';

/** The orders of a request that are of the treatment, and those of which it cannot be told. */
export type FoundOrders = {
  readonly orders: readonly Part[];
  readonly unclear: readonly Part[];
  readonly remarks: readonly DataQuality[];
};

/** The states of an order that is none any more. Every other one counts as an order, also one that is not there. */
const OVER: ReadonlySet<string> = new Set([
  'cancelled',
  'completed',
  'ended',
  'entered-in-error',
  'revoked',
  'stopped',
  'noshow',
  'fulfilled',
]);

/** The category of orders of laboratory tests (SNOMED CT): a test for the drug gives none. */
const LABORATORY = '108252007';

const isOver = (order: JsonValue): boolean =>
  OVER.has(textOf(order, 'status') ?? '') || memberOf(order, 'doNotPerform') === true;

const isOfLaboratory = (order: JsonValue): boolean =>
  itemsOf(order, 'category').some((category) =>
    itemsOf(category, 'coding').some((coding) => textOf(coding, 'code') === LABORATORY),
  );

/** An infusion or an appointment has no code of a medicine: words tell what it is for, and without such words it is for something else. */
const procedureTruth = (order: JsonValue, { products }: OrderLook): Truth => {
  const concepts = ['code', 'orderDetail', 'serviceType'].flatMap((key) => itemsOf(order, key));
  const isNamed =
    concepts.some((concept) => conceptTruth(concept, products) === 'true') ||
    namesTreatment(textOf(order, 'description') ?? '');
  return isNamed && !isOfLaboratory(order) ? 'true' : 'false';
};

const orderTruth = (order: JsonValue, look: OrderLook): Truth => {
  if (isOver(order)) return 'false';
  const type = typeOf(order);
  // What does not say what it is may be the order.
  if (type === null) return 'unknown';
  if (type === 'MedicationRequest') return medicineTruth(order, look);
  return type === 'ServiceRequest' || type === 'Appointment' ? procedureTruth(order, look) : 'false';
};

const isInWordsAlone = (order: JsonValue, look: OrderLook): boolean =>
  !medicinesOf(order, look).some((concept) => isCoded(concept, look.products));

/**
 * Finds the orders of the treatment. One that names it in words alone counts as well, with a remark, so that silence never reads as cleared.
 * @param candidates the resources that may be orders
 * @param look       what they are judged with
 */
export const findOrders = (candidates: readonly Part[], look: OrderLook): FoundOrders => {
  const judged = candidates.map((part) => ({ part, truth: orderTruth(part.resource, look) }));
  const having = (wanted: Truth): readonly Part[] =>
    judged.filter(({ truth }) => truth === wanted).map(({ part }) => part);
  const orders = having('true');
  return {
    orders,
    unclear: having('unknown'),
    remarks: orders
      .filter(({ resource }) => isInWordsAlone(resource, look))
      .map(({ pointer }) => ({
        pointer,
        code: 'uncoded' as const,
        detail: 'the order names the treatment in words, and by no code that is known: it was screened for',
      })),
  };
};
