import request, { type Response } from 'supertest';
import { expect } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { aCall, anOrder, route, rxnorm, signing } from '../support/hook-call.js';
import { routeRules } from '../support/hook-rules.js';
import { faultsIn } from '../support/http.js';
import { aTestApp, type TestApp } from '../support/test-app.js';

/** A coding as a card has it. */
type Coding = { readonly system: string; readonly code: string; readonly display?: string };

/** A card, as far as rows look at it. */
export type Card = JsonObject & {
  readonly uuid?: string;
  readonly summary: string;
  readonly detail: string;
  readonly indicator: string;
  readonly source: { readonly label: string; readonly url?: string; readonly topic: Coding };
  readonly overrideReasons?: readonly Coding[];
  readonly links?: readonly { readonly label: string; readonly url: string; readonly type: string }[];
  readonly extension?: JsonObject;
};

/** A service in the list. */
export type Service = JsonObject & {
  readonly id: string;
  readonly hook: string;
  readonly prefetch: Readonly<Record<string, string>>;
};

/** The address under which the service is reached from elsewhere, where rows look at links. */
export const PUBLIC_URL = 'https://screening.example';

/** Calls a service; that of `order-sign` unless another hook is named. */
export const call = async ({ url }: TestApp, body: JsonValue, hook = 'order-sign'): Promise<Response> =>
  request(url)
    .post(`/cds-services/ketamine-${hook}`)
    .send(body as object);

/** The cards of an answer. */
export const cardsIn = ({ text }: Response): readonly Card[] =>
  (JSON.parse(text) as { readonly cards: readonly Card[] }).cards;

/** Calls a service of a test of its own, and gives the one card that comes back. */
export const cardFor = async (body: JsonObject, hook = 'order-sign'): Promise<Card> => {
  const response = await call(await aTestApp(), body, hook);
  const [card, ...others] = cardsIn(response);
  if (card === undefined || others.length > 0) throw new Error(`there is not one card: ${response.text}`);
  return card;
};

/** The services that are listed. */
export const listedServices = async ({ url }: TestApp): Promise<readonly Service[]> => {
  const { text } = await request(url).get('/cds-services');
  return (JSON.parse(text) as { readonly services: readonly Service[] }).services;
};

/** A call is refused with this status, and told each of these faults (`code pointer`). */
export const expectRefused = (response: Response, status: number, faults: readonly string[]): void => {
  expect([response.status, faultsIn(response)]).toEqual([status, faults]);
};

/** The routes of an order by which the set of rules of `everyCard` decides. */
const ROUTES = { critical: '34206005', review: '47625008', open: '37161004', info: '26643006' } as const;

/** The cards of each verdict, and the card where nobody can tell what was ordered. */
export const everyCard = async (): Promise<Readonly<Record<keyof typeof ROUTES | 'unclear', Card>>> => {
  const app = await aTestApp({ rules: routeRules(), reception: { publicUrl: PUBLIC_URL } });
  const of = async (more: JsonObject): Promise<Card> => {
    const [card] = cardsIn(await call(app, signing(anOrder(more))));
    if (card === undefined) throw new Error('there is no card');
    return card;
  };
  const by = (code: string): Promise<Card> => of({ dosageInstruction: [{ route: route(code) }] });
  return {
    critical: await by(ROUTES.critical),
    review: await by(ROUTES.review),
    open: await by(ROUTES.open),
    info: await by(ROUTES.info),
    unclear: await of({ medicationCodeableConcept: rxnorm('999') }),
  };
};

/** A call of `order-sign` that is whole, but for this. */
export const signingWith = (more: JsonObject): JsonObject => aCall('order-sign', { more });

/** The same object without a member. */
export const without = (body: JsonObject, key: string): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== key));
