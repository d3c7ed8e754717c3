import type { FastifyRequest } from 'fastify';
import type { Principal } from '../services/access.js';

/** The name under which a request keeps who asks. */
export const PRINCIPAL = 'principal';

/** Who asks. @throws Error on a path that anyone may ask: nobody is known there */
export const principalOf = (request: FastifyRequest): Principal => {
  const principal = request.getDecorator<Principal | null>(PRINCIPAL);
  if (principal === null) throw new Error('this path knows of nobody who asks');
  return principal;
};
