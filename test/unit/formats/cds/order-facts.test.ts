import { describe, expect, it } from 'vitest';
import { orderFacts } from '../../../../src/formats/cds/order-facts.js';
import type { JsonObject, JsonValue } from '../../../../src/values/json.js';
import { anOrder, route, ROUTE } from '../../../support/hook-call.js';

const factsOf = (...orders: readonly JsonObject[]): Readonly<Record<string, JsonValue>> => {
  const parts = orders.map((resource, index) => ({ resource, pointer: `/o/${index}`, fullUrl: null }));
  return Object.fromEntries(orderFacts(parts).given.map(({ fact, value }) => [fact, value] as const));
};

const dosed = (...dosageInstruction: readonly JsonObject[]): JsonObject => anOrder({ dosageInstruction });

const quantity = (value: number, code: string, more: JsonObject = {}): JsonObject => ({
  value,
  unit: code,
  system: 'http://unitsofmeasure.org',
  code,
  ...more,
});

const dose = (doseQuantity: JsonObject, more: JsonObject = {}): JsonObject =>
  dosed({ doseAndRate: [{ doseQuantity }], ...more });

describe('the route of an order', () => {
  it.each([
    ['47625008', 'intravenous'],
    ['78421000', 'intramuscular'],
    ['34206005', 'subcutaneous'],
    ['46713006', 'intranasal'],
    ['37839007', 'sublingual'],
    ['26643006', 'oral'],
  ])('%s is %s', (code, option) => {
    expect(factsOf(dosed({ route: route(code) }))).toEqual({ route: option });
  });

  it.each([
    ['a route that no option is the same as', route(ROUTE.rectal)],
    ['the topical route, which does not say that it is the skin', route('6064005')],
    ['words alone', { text: 'oral' }],
    ['the code of another system', { coding: [{ system: 'http://example.org', code: ROUTE.oral }] }],
    [
      'two codes that differ',
      { coding: [ROUTE.oral, ROUTE.intravenous].flatMap((code) => route(code).coding as JsonObject[]) },
    ],
  ])('is unknown, with a remark: %s', (_what, concept) => {
    const order = dosed({ route: concept });
    expect(factsOf(order)).toEqual({ route: { unknown: 'unreadable' } });
    const { remarks } = orderFacts([{ resource: order, pointer: '/o', fullUrl: null }]);
    expect(remarks.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'unreadable /o/dosageInstruction/0/route',
    ]);
  });

  it('is left open where an order says nothing of it', () => {
    expect(factsOf(anOrder({ dosageInstruction: [] }))).toEqual({});
    expect(factsOf(dosed({ text: 'as told' }))).toEqual({});
  });

  it('is unknown where orders differ, and left open where one of them says nothing', () => {
    const [vein, mouth] = [anOrder(), dosed({ route: route(ROUTE.oral) })];
    expect(factsOf(vein, mouth)).toEqual({ route: { unknown: 'conflicting' } });
    expect(factsOf(vein, vein)).toEqual({ route: 'intravenous' });
    expect(factsOf(vein, anOrder({ dosageInstruction: [] }))).toEqual({});
    expect(factsOf(vein, dosed({ text: 'x' }))).toEqual({});
  });
});

describe('the dose of an order', () => {
  it('is read where it is stated in the unit of a fact', () => {
    expect(factsOf(dose(quantity(35, 'mg')))).toEqual({ totalDose: { value: 35, unit: 'mg' } });
    expect(factsOf(dose(quantity(0.3, 'mg/kg')))).toEqual({ bolusDose: { value: 0.3, unit: 'mg/kg' } });
    const rate = { doseAndRate: [{ rateQuantity: quantity(0.2, 'mg/kg/h') }] };
    expect(factsOf(dosed(rate))).toEqual({ infusionRate: { value: 0.2, unit: 'mg/kg/h' } });
  });

  it.each([
    ['another unit', quantity(1, 'g')],
    ['a unit that is no code', { value: 35, unit: 'mg' }],
    ['a comparator', quantity(35, 'mg', { comparator: '<' })],
    ['a value that is text', { ...quantity(0, 'mg'), value: '35' }],
    ['no value', { system: 'http://unitsofmeasure.org', code: 'mg' }],
  ])('stays unknown: %s', (_what, sent) => {
    expect(factsOf(dose(sent))).toEqual({});
  });

  it('of a whole session is not known where it is given again within a day, or as needed', () => {
    const repeated = (repeat: JsonObject): JsonObject => dose(quantity(35, 'mg'), { timing: { repeat } });
    expect(factsOf(repeated({ frequency: 1, period: 1, periodUnit: 'wk' }))).toHaveProperty('totalDose');
    expect(factsOf(repeated({ frequency: 4, period: 1, periodUnit: 'd' }))).toEqual({});
    expect(factsOf(repeated({ frequency: 1, period: 6, periodUnit: 'h' }))).toEqual({});
    expect(factsOf(repeated({}))).toEqual({});
    expect(factsOf(dose(quantity(35, 'mg'), { asNeededBoolean: true }))).toEqual({});
  });

  it('is not known where there are two of them, which may add up', () => {
    const one = { doseAndRate: [{ doseQuantity: quantity(35, 'mg') }] };
    expect(factsOf(dosed(one, one))).toEqual({});
    expect(factsOf(dosed({ doseAndRate: [...one.doseAndRate, ...one.doseAndRate] }))).toEqual({});
    expect(factsOf(dosed(one), dosed(one))).toEqual({});
  });

  it('by weight is no bolus where it runs in', () => {
    const run = { doseQuantity: quantity(0.5, 'mg/kg'), rateQuantity: quantity(10, 'mL/h') };
    expect(factsOf(dosed({ doseAndRate: [run] }))).toEqual({});
  });
});
