import type { JsonValue } from '../../values/json.js';
import { pointerTo } from '../../values/pointer.js';
import type { DataQuality } from '../../screening/intake.js';
import { UCUM } from '../fhir/coding.js';
import type { Given, Part } from '../fhir/records.js';
import { itemsOf, memberOf, objectOf, textOf } from './members.js';
import { routeIn } from './route-codes.js';
import { DOSE_FACTS } from './treatment.js';

/** What orders say of the planned treatment: facts in the form of a native intake, and what a clinician should know of them. */
export type OrderFacts = { readonly given: readonly Given[]; readonly remarks: readonly DataQuality[] };

type Dosage = { readonly dosage: JsonValue; readonly pointer: string };

const NOTHING: OrderFacts = { given: [], remarks: [] };

/** The dosages of an order. One without any says nothing of route or dose, and so leaves open what the others say. */
const dosagesOf = ({ resource, pointer }: Part): readonly Dosage[] => {
  const dosages = itemsOf(resource, 'dosageInstruction');
  if (dosages.length === 0) return [{ dosage: null, pointer }];
  return dosages.map((dosage, index) => ({
    dosage,
    pointer: pointerTo(pointerTo(pointer, 'dosageInstruction'), index),
  }));
};

const unknownRoute = (pointer: string, reason: 'unreadable' | 'conflicting'): OrderFacts => ({
  given: [{ fact: 'route', value: { unknown: reason }, pointer }],
  remarks: [
    {
      pointer,
      code: reason === 'unreadable' ? 'unreadable' : 'conflicting-sources',
      detail:
        reason === 'unreadable'
          ? 'the route has no code that is the same as an option of the fact: it counts as unknown'
          : 'orders name different routes: the route counts as unknown',
    },
  ],
});

/** The route, where every dosage of every order names the same one. One that names none leaves it open. */
const routeOf = (dosages: readonly Dosage[]): OrderFacts => {
  const said = dosages.map(({ dosage, pointer }) => ({ route: routeIn(dosage), pointer }));
  const [first] = said;
  if (first === undefined) return NOTHING;
  const notPlaced = said.find(({ route }) => route === 'not-placed');
  if (notPlaced !== undefined) return unknownRoute(pointerTo(notPlaced.pointer, 'route'), 'unreadable');
  const options = new Set(said.flatMap(({ route }) => (typeof route === 'string' ? [] : [route.option])));
  if (options.size > 1) return unknownRoute(pointerTo(first.pointer, 'route'), 'conflicting');
  const [option] = options;
  return option === undefined || said.some(({ route }) => route === 'not-said')
    ? NOTHING
    : { given: [{ fact: 'route', value: option, pointer: pointerTo(first.pointer, 'route') }], remarks: [] };
};

const LONG_PERIODS: ReadonlySet<string> = new Set(['d', 'wk', 'mo', 'a']);

/** Whether a dosage is of one dose at a session: not repeated within a day, and not to be taken again as needed. */
const isOneDose = (dosage: JsonValue): boolean => {
  if (memberOf(dosage, 'asNeededBoolean') === true || memberOf(dosage, 'asNeededCodeableConcept') !== null)
    return false;
  const timing = memberOf(dosage, 'timing');
  if (timing === null) return true;
  const repeat = objectOf(timing, 'repeat');
  const frequency = memberOf(repeat, 'frequency');
  return (
    (frequency === null || frequency === 1) &&
    memberOf(repeat, 'frequencyMax') === null &&
    LONG_PERIODS.has(textOf(repeat, 'periodUnit') ?? '')
  );
};

/** The number of a quantity that is stated in a unit by its UCUM code; null otherwise, and where it says "less than" or "more than". */
const valueIn = (quantity: JsonValue, unit: string): number | null => {
  const value = memberOf(quantity, 'value');
  const isInUnit = textOf(quantity, 'system') === UCUM && textOf(quantity, 'code') === unit;
  return isInUnit && memberOf(quantity, 'comparator') === null && typeof value === 'number' ? value : null;
};

const givenDose = (
  { fact, unit }: { readonly fact: string; readonly unit: string },
  quantity: JsonValue,
  pointer: string,
): readonly Given[] => {
  const value = valueIn(quantity, unit);
  return value === null ? [] : [{ fact, value: { value, unit }, pointer }];
};

const onlyOf = <T>([first, ...others]: readonly T[]): T | null =>
  first === undefined || others.length > 0 ? null : first;

/** Whether a dose runs in over a time, in whatever unit its rate is stated. */
const isRun = (dose: JsonValue): boolean =>
  ['rateQuantity', 'rateRange', 'rateRatio'].some((key) => memberOf(dose, key) !== null);

/**
 * The dose, where there is one dosage with one dose in all, stated in the unit of a fact. Several dosages may add up or take turns, which the order does not
 * say: then the dose stays unknown.
 */
const doseOf = (dosages: readonly Dosage[]): readonly Given[] => {
  const only = onlyOf(dosages);
  if (only === null) return [];
  const dose = onlyOf(itemsOf(only.dosage, 'doseAndRate'));
  const place = pointerTo(pointerTo(only.pointer, 'doseAndRate'), 0);
  const [quantity, rate] = [memberOf(dose, 'doseQuantity'), memberOf(dose, 'rateQuantity')];
  const at = pointerTo(place, 'doseQuantity');
  return [
    ...(isOneDose(only.dosage) ? givenDose(DOSE_FACTS.whole, quantity, at) : []),
    ...(isRun(dose) ? [] : givenDose(DOSE_FACTS.byWeight, quantity, at)),
    ...givenDose(DOSE_FACTS.rate, rate, pointerTo(place, 'rateQuantity')),
  ];
};

/** What the orders of the treatment say of its route and its dose. */
export const orderFacts = (orders: readonly Part[]): OrderFacts => {
  const dosages = orders.flatMap(dosagesOf);
  const route = routeOf(dosages);
  return { given: [...route.given, ...doseOf(dosages)], remarks: route.remarks };
};
