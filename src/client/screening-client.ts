import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './wire.js';

type Shapes = components['schemas'];

/**
 * What is known of a patient, as it is sent. What is unknown is left out or sent as unknown; it is never `false`.
 * Write `satisfies Intake` after an intake: the compiler then refuses unknown keys, which in the argument of a call it lets pass (the service
 * never does).
 */
export type Intake = Shapes['Intake'];

/** What is known of one fact. `GET /intake/schema` says which form each fact takes. */
export type SentFact = Shapes['SentFact'];

/** A decision, as the service answers it. */
export type Answer = Shapes['Answer'];

/** A decision as it was stored: the answer, with every rule and its truth. */
export type StoredDecision = Shapes['StoredDecision'];

/** What to ask next. */
export type NextQuestions = Shapes['NextQuestions'];

/** The code of an intake that was handed over, and what is still to be asked. */
export type Handover = Shapes['Handover'];

/** An intake that was handed over, as the clinic fetches it. */
export type HandedOverIntake = Shapes['HandedOverIntake'];

/** `eligible`, `review`, `incomplete` or `ineligible`. */
export type Verdict = Shapes['Verdict'];

/** Why there is no answer. Branch on its `type`. */
export type Problem = Shapes['Problem'];

/** What this client speaks. A client that speaks FHIR has its own types. */
type Spoken = 'application/json' | 'application/problem+json' | 'application/schema+json';

/** A client of one service: `POST('/screen', { body })` and the other operations of the API, each with the types of what it takes and answers. */
export type ScreeningClient = Client<paths, Spoken>;

/**
 * Makes a client of a service. Each call gives `{ data, error, response }`: `data` where the service answered as asked, else `error`, the problem
 * that it told. A call rejects only where no answer came at all.
 * @param baseUrl where the service listens, without a path: `http://127.0.0.1:3000`
 */
export const createScreeningClient = (baseUrl: string): ScreeningClient =>
  createClient<paths, Spoken>({ baseUrl });
