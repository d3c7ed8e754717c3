import type { FastifyInstance } from 'fastify';
import type { Issue } from '../values/issue.js';
import { pointerTo } from '../values/pointer.js';
import { Problem } from './problem.js';

const faultOf = (name: string, value: unknown, known: readonly string[]): readonly Issue[] => {
  const pointer = pointerTo('', name);
  const taken = known.length === 0 ? 'none' : known.join(', ');
  if (!known.includes(name))
    return [{ pointer, code: 'unknown-key', detail: `is no parameter of this path: it takes ${taken}` }];
  return typeof value === 'string' && value.length > 0
    ? []
    : [{ pointer, code: 'wrong-type', detail: 'must be given once, and not be empty' }];
};

/**
 * Reads the query of a request. A parameter that the path does not take is a fault, so that a typing error never reads as "not asked for".
 * @throws Problem `invalid-query` with every fault
 */
export const readQuery = <K extends string>(
  query: unknown,
  known: readonly K[],
): Partial<Record<K, string>> => {
  const entries = typeof query === 'object' && query !== null ? Object.entries(query) : [];
  const issues = entries.flatMap(([name, value]) => faultOf(name, value, known));
  if (issues.length > 0) throw new Problem('invalid-query', issues);
  const read: Partial<Record<K, string>> = {};
  for (const name of known) {
    const value: unknown = entries.find(([key]) => key === name)?.[1];
    if (typeof value === 'string') read[name] = value;
  }
  return read;
};

/** Refuses every parameter on paths that take none. */
export const takeNoQuery = (app: FastifyInstance): void => {
  app.addHook('onRequest', (request, _reply, done) => {
    readQuery(request.query, []);
    done();
  });
};
