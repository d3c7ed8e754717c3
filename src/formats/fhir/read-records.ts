import type { Instant } from '../../values/instant.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import type { FactsRead } from '../../screening/intake.js';
import { readFacts } from '../intake/read-facts.js';
import type { Products } from './products.js';
import type { Records } from './records.js';

/**
 * Reads the facts of a version out of records.
 * @param records what came of one patient
 * @param under   the version, the moment at which the facts are judged, and what is known of products
 */
export const readRecords = (
  records: Records,
  under: { readonly body: RuleSetBody; readonly asOf: Instant; readonly products: Products },
): FactsRead => {
  const given = Object.fromEntries(records.given.map(({ fact, value }) => [fact, value] as const));
  const read = readFacts(given, under.body, under.asOf);
  return { ...read, dataQuality: [...records.remarks, ...read.dataQuality], provenance: [] };
};
