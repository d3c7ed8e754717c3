import type { z } from 'zod';
import type { Resolution } from '../../screening/resolution.js';
import type { Issue } from '../../values/issue.js';
import type { JsonValue } from '../../values/json.js';
import { pointerTo } from '../../values/pointer.js';
import { failure, success, type Result } from '../../values/result.js';
import { resolutionRequestSchema } from './resolution-schema.js';

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((pointer, step) => pointerTo(pointer, String(step)), '');

const issuesOf = (issue: z.core.$ZodIssue): readonly Issue[] => {
  const pointer = pointerOf(issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: pointerTo(pointer, key),
      code: 'unknown-key',
      detail: 'is no key of a resolution: remove it, or correct its spelling',
    }));
  // JSON has no undefined: where there is no input, the key is not there.
  const isMissing = issue.input === undefined;
  return [{ pointer, code: isMissing ? 'missing-key' : 'wrong-type', detail: issue.message }];
};

/** Reads what a clinician decided, or every fault in it at once. */
export const readResolution = (received: JsonValue): Result<Resolution> => {
  const parsed = resolutionRequestSchema.safeParse(received, { reportInput: true });
  if (!parsed.success) return failure(parsed.error.issues.flatMap(issuesOf));
  const { choice, reason, by } = parsed.data;
  return success({ choice, reason: reason ?? null, by });
};
