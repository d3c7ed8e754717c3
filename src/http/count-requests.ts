import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { principalOf } from './principal.js';

/** Counts a request of a client that is known, and tells in how many seconds its next one is taken where it is one too many; else null. */
export type RequestCounter = (request: FastifyRequest) => Promise<number | null>;

const WINDOW_MS = 60_000;

/** By the credential, so that no client can use up what belongs to another, wherever either comes from. Organisations and clients hold no `/`. */
const clientOf = (request: FastifyRequest): string => {
  const { organisation, client } = principalOf(request);
  return `${organisation}/${client}`;
};

/** Counts the requests of each client, and holds them to so many a minute. While the service is open to its own machine nobody is counted. */
export const requestCounter = async (app: FastifyInstance, perMinute: number): Promise<RequestCounter> => {
  await app.register(rateLimit, { global: false });
  const count = app.createRateLimit({ max: perMinute, timeWindow: WINDOW_MS, keyGenerator: clientOf });
  return async (request) => {
    if (principalOf(request).via === 'open') return null;
    const counted = await count(request);
    return !counted.isAllowed && counted.isExceeded ? counted.ttlInSeconds : null;
  };
};
