import type { Instant } from '../../values/instant.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import type { FactsRead, Intake } from '../../screening/intake.js';
import type { Products } from '../fhir/products.js';
import { readRecords } from '../fhir/read-records.js';
import type { Part, Records } from '../fhir/records.js';
import { findOrders, type FoundOrders } from './find-orders.js';
import { keptRequest } from './kept-request.js';
import { textOf, typeOf } from './members.js';
import { orderFacts } from './order-facts.js';
import type { HookCall } from './read-hook.js';
import { asUnknown, soundGiven } from './sound-given.js';
import { takePrefetch } from './take-prefetch.js';

/**
 * What becomes of a call: nothing is asked of the service; it cannot be told whether anything is; the patient cannot be had, without whom nothing can be
 * screened; or an intake.
 */
export type HookRead =
  | { readonly kind: 'silent' }
  | { readonly kind: 'unclear'; readonly orders: number }
  | { readonly kind: 'no-patient' }
  | { readonly kind: 'intake'; readonly intake: Intake };

type Under = { readonly body: RuleSetBody; readonly asOf: Instant; readonly products: Products };

const CONTRADICTION =
  'what the orders say cannot all be true together: the route and the dose count as unknown';

/** Where what the orders say cannot be true together, none of it counts: to know less can never make anyone look eligible. */
const readSound = (records: Records, under: Under): FactsRead => {
  const sound = soundGiven(records.given, under);
  const remarks = [...records.remarks, ...sound.remarks];
  const read = readRecords({ ...records, given: sound.given, remarks }, under);
  if (read.issues.length === 0) return read;
  const given = sound.given.map((one) => asUnknown(one, 'conflicting'));
  const contradictions = sound.given.map(({ pointer }) => ({
    pointer,
    code: 'contradiction' as const,
    detail: CONTRADICTION,
  }));
  return readRecords({ ...records, given, remarks: [...remarks, ...contradictions] }, under);
};

const isPatient =
  (id: string) =>
  ({ resource }: Part): boolean =>
    typeOf(resource) === 'Patient' && textOf(resource, 'id') === id;

/** The orders that a call is about: the drafts; or, where a record is only looked at, those that it has. */
const ordersIn = (call: HookCall, prefetched: readonly Part[], products: Products): FoundOrders =>
  findOrders(call.service.hook === 'patient-view' ? prefetched : call.drafts.parts, {
    products,
    parts: [...call.drafts.parts, ...prefetched],
  });

/**
 * Reads what came with a call: which orders are of the treatment, what they say, and the records of the patient.
 * Every draft order counts and not the chosen ones alone, because an order that is chosen beside an earlier draft can change the verdict on that.
 */
export const readCall = (call: HookCall, products: Products): HookRead => {
  const prefetch = takePrefetch(call.prefetch);
  const found = ordersIn(call, prefetch.parts, products);
  if (found.orders.length === 0)
    return found.unclear.length === 0 || call.service.hook === 'patient-view'
      ? { kind: 'silent' }
      : { kind: 'unclear', orders: found.unclear.length };
  if (!prefetch.parts.some(isPatient(call.patient))) return { kind: 'no-patient' };
  const facts = orderFacts(found.orders);
  const records: Records = {
    patient: call.patient,
    // A draft of the treatment is what is planned, and no medicine that the patient takes.
    parts: [...prefetch.parts, ...call.drafts.parts.filter((part) => !found.orders.includes(part))],
    given: facts.given,
    remarks: [...prefetch.remarks, ...call.drafts.remarks, ...found.remarks, ...facts.remarks],
  };
  return {
    kind: 'intake',
    intake: {
      // As records of FHIR name it, so that all decisions on a patient are found, and erased, by one name.
      subject: `Patient/${call.patient}`,
      asOf: null,
      ruleSet: null,
      ruleSetVersion: null,
      supersedes: null,
      retrospective: false,
      received: keptRequest(call),
      issues: [],
      readFacts: (body, asOf) => readSound(records, { body, asOf, products }),
    },
  };
};
