import type { FastifyRequest } from 'fastify';
import { isScope, type Scope } from '../services/access.js';

/** What the path of a request asks for; null where anyone may ask it. A path whose operation says nothing has none, so it is refused to everyone. */
export const scopeOf = ({ routeOptions: { schema } }: FastifyRequest): Scope | null | 'unknown' => {
  const scope: unknown = typeof schema === 'object' && 'x-scope' in schema ? schema['x-scope'] : 'unknown';
  if (scope === null) return null;
  return typeof scope === 'string' && isScope(scope) ? scope : 'unknown';
};

/** Whether anyone may ask the path of a request. */
export const isForAnyone = (request: FastifyRequest): boolean => scopeOf(request) === null;
