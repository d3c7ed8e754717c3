import { describe, expect, it } from 'vitest';
import { findOrders } from '../../../../src/formats/cds/find-orders.js';
import { NO_PRODUCTS, type Products } from '../../../../src/formats/fhir/products.js';
import type { Part } from '../../../../src/formats/fhir/records.js';
import type { JsonObject } from '../../../../src/values/json.js';
import { anOrder, route, rxnorm, ROUTE } from '../../../support/hook-call.js';

/** A table of two products: one of ketamine, one of paracetamol. */
const products: Products = (code) =>
  new Map([
    ['238082', ['6130']],
    ['313782', ['161']],
  ]).get(code) ?? null;

const partOf = (resource: JsonObject, fullUrl: string | null = null): Part => ({
  resource,
  pointer: '/x',
  fullUrl,
});

type Found = 'yes' | 'no' | 'unclear';

const found = (order: JsonObject, others: readonly Part[] = [], table: Products = products): Found => {
  const { orders, unclear } = findOrders([partOf(order)], {
    products: table,
    parts: [partOf(order), ...others],
  });
  if (orders.length > 0) return 'yes';
  return unclear.length > 0 ? 'unclear' : 'no';
};

const medicine = (concept: JsonObject, more: JsonObject = {}): JsonObject =>
  anOrder({ medicationCodeableConcept: concept, ...more });

const referring = (reference: JsonObject, more: JsonObject = {}): JsonObject => ({
  ...Object.fromEntries(Object.entries(anOrder()).filter(([key]) => key !== 'medicationCodeableConcept')),
  medicationReference: reference,
  ...more,
});

const medication = (id: string, code: JsonObject): JsonObject => ({ resourceType: 'Medication', id, code });

describe('an order by the code of its medicine', () => {
  it.each([
    ['ketamine', rxnorm('6130'), 'yes'],
    ['esketamine', rxnorm('2119365'), 'yes'],
    ['a product of ketamine', rxnorm('238082'), 'yes'],
    ['a product of something else', rxnorm('313782'), 'no'],
    ['a code that nobody knows, with other words', rxnorm('999', 'paracetamol'), 'no'],
    ['a code that nobody knows, alone', rxnorm('999'), 'unclear'],
    ['the code of another system', { coding: [{ system: 'http://example.org', code: '6130' }] }, 'unclear'],
    ['one code of several', { coding: [{ code: 'x' }, ...(rxnorm('6130').coding as JsonObject[])] }, 'yes'],
  ] as const)('is of the treatment or not: %s', (_what, concept, expected) => {
    expect(found(medicine(concept))).toBe(expected);
  });

  it('is unclear where a product is in no table', () => {
    expect(found(medicine(rxnorm('238082')), [], NO_PRODUCTS)).toBe('unclear');
  });
});

describe('an order in words alone', () => {
  it.each(['Ketamine 50 mg', 'S-KETAMIN Infusion', 'Esketamine', 'Spravato', 'kétamine', 'Ketalar 10 mg/ml'])(
    'counts, so that silence never reads as cleared: %s',
    (text) => {
      expect(found(medicine({ text }))).toBe('yes');
      expect(found(medicine(rxnorm('999', text)))).toBe('yes');
    },
  );

  it('is remarked, and one with a code is not', () => {
    const remarksOf = (order: JsonObject): readonly string[] =>
      findOrders([partOf(order)], { products, parts: [] }).remarks.map(({ code }) => code);
    expect(remarksOf(medicine({ text: 'ketamine' }))).toEqual(['uncoded']);
    expect(remarksOf(anOrder())).toEqual([]);
  });

  it('of another medicine is none', () => {
    expect(found(medicine({ text: 'Paracetamol' }))).toBe('no');
  });
});

describe('an order that refers to its medicine', () => {
  const ketamine = medication('med-1', rxnorm('6130'));

  it.each([
    ['a contained one', '#med-1', { contained: [ketamine] }, []],
    ['an entry by its URL', 'urn:uuid:m', {}, [partOf(ketamine, 'urn:uuid:m')]],
    ['an entry by its id', 'Medication/med-1', {}, [partOf(ketamine)]],
    ['an entry by a whole URL', 'https://ehr.example/r4/Medication/med-1', {}, [partOf(ketamine)]],
    ['an entry of one version', 'Medication/med-1/_history/3', {}, [partOf(ketamine)]],
  ] as const)('is found by it: %s', (_what, reference, more, others) => {
    expect(found(referring({ reference }, more), [...others])).toBe('yes');
  });

  it('is found by an ingredient of it', () => {
    const mixture = {
      resourceType: 'Medication',
      id: 'm',
      code: { text: 'Mixture 7' },
      ingredient: [{ itemCodeableConcept: rxnorm('161') }, { itemCodeableConcept: rxnorm('6130') }],
    };
    expect(found(referring({ reference: 'Medication/m' }), [partOf(mixture)])).toBe('yes');
  });

  it('is judged by the words of the reference where that leads nowhere', () => {
    expect(found(referring({ reference: 'Medication/9', display: 'ketamine' }))).toBe('yes');
    expect(found(referring({ reference: 'Medication/9', display: 'aspirin' }))).toBe('no');
  });

  it('is unclear where nothing says what it is: never taken for another medicine', () => {
    expect(found(referring({ reference: 'Medication/9' }))).toBe('unclear');
    expect(found(referring({}))).toBe('unclear');
  });
});

describe('an order that is none, or none any more', () => {
  it.each(['cancelled', 'completed', 'entered-in-error', 'stopped'])('with the status %s', (status) => {
    expect(found(anOrder({ status }))).toBe('no');
  });

  it.each(['draft', 'active', 'on-hold', 'something-new'])('but one with the status %s counts', (status) => {
    expect(found(anOrder({ status }))).toBe('yes');
  });

  it('says that the medicine is not to be given', () => {
    expect(found(anOrder({ doNotPerform: true }))).toBe('no');
    expect(found(anOrder({ doNotPerform: false }))).toBe('yes');
  });

  it('is of another kind', () => {
    expect(found({ resourceType: 'NutritionOrder', id: 'n' })).toBe('no');
    expect(found({ id: 'n' })).toBe('unclear');
  });
});

describe('an infusion that is ordered as a service', () => {
  const service = (more: JsonObject): JsonObject => ({ resourceType: 'ServiceRequest', id: 's', ...more });

  it('counts by its words', () => {
    expect(found(service({ code: { text: 'Ketamine infusion' } }))).toBe('yes');
    expect(found(service({ code: { text: 'Infusion' }, orderDetail: [{ text: 'ketamine' }] }))).toBe('yes');
    expect(found(service({ code: { text: 'Blood count' } }))).toBe('no');
    expect(found({ resourceType: 'Appointment', description: 'Ketamine infusion, room 2' })).toBe('yes');
  });

  it('is none where it is a test of the laboratory', () => {
    const category = [route('108252007')];
    expect(found(service({ code: { text: 'Ketamine, urine' }, category }))).toBe('no');
    expect(found(service({ code: { text: 'Ketamine' }, category: [route(ROUTE.oral)] }))).toBe('yes');
  });
});
