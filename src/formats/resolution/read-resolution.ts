import type { Resolution } from '../../screening/resolution.js';
import type { JsonValue } from '../../values/json.js';
import { failure, success, type Result } from '../../values/result.js';
import { issuesFrom } from '../zod-issues.js';
import { resolutionRequestSchema } from './resolution-schema.js';

/** Reads what a clinician decided, or every fault in it at once. */
export const readResolution = (received: JsonValue): Result<Resolution> => {
  const parsed = resolutionRequestSchema.safeParse(received, { reportInput: true });
  if (!parsed.success) return failure(issuesFrom(parsed.error, 'a resolution'));
  const { choice, reason, by } = parsed.data;
  return success({ choice, reason: reason ?? null, by });
};
