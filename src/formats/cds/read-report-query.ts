import { z } from 'zod';
import { failure, success, type Result } from '../../values/result.js';
import { momentSchema } from '../audit/read-decision-list.js';
import { issuesFrom } from '../zod-issues.js';

/** The parameters of the report on feedback. */
export const REPORT_PARAMETERS = ['from', 'to'] as const;

const querySchema = z.strictObject({ from: momentSchema.optional(), to: momentSchema.optional() });

/** Reads of which time feedback is reported, or every fault in it at once. */
export const readReportQuery = (
  query: Readonly<Record<string, string | undefined>>,
): Result<{ readonly from: string | null; readonly to: string | null }> => {
  const parsed = querySchema.safeParse(query, { reportInput: true });
  if (!parsed.success) return failure(issuesFrom(parsed.error, 'this query'));
  const { from = null, to = null } = parsed.data;
  return success({ from, to });
};
