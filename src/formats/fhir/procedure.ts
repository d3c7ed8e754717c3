import type { ClaimsRead } from './claim.js';
import { conceptAt } from './concept.js';
import { readNamed } from './condition.js';
import { textAt } from './look.js';
import type { Standing } from './standing.js';
import type { PatientRecord, Under } from './under.js';

/** What was done is over; what is being done is there. */
const STANDINGS: ReadonlyMap<string, Standing> = new Map([
  ['completed', 'over'],
  ['stopped', 'over'],
  ['in-progress', 'present'],
  ['preparation', 'suspected'],
  ['on-hold', 'suspected'],
  ['not-done', 'ruled-out'],
  ['entered-in-error', 'withdrawn'],
]);

/** Reads a Procedure. */
export const readProcedure = (record: PatientRecord, under: Under): ClaimsRead => {
  const standing = STANDINGS.get(textAt(record.json, 'status') ?? '') ?? 'unreadable';
  return readNamed(conceptAt(record.json, 'code'), standing, { record, under });
};
