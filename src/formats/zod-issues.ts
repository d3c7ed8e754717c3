import type { z } from 'zod';
import type { Issue } from '../values/issue.js';
import { pointerTo } from '../values/pointer.js';

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((pointer, step) => pointerTo(pointer, String(step)), '');

/**
 * What a schema found wrong, as issues: every fault at once. It must have parsed with `reportInput`, so that what is missing is told from what is
 * of another type.
 * @param what what was read, in words: `a resolution`
 */
export const issuesFrom = (error: z.ZodError, what: string): readonly Issue[] =>
  error.issues.flatMap((issue): readonly Issue[] => {
    const pointer = pointerOf(issue.path);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        pointer: pointerTo(pointer, key),
        code: 'unknown-key',
        detail: `is no key of ${what}: remove it, or correct its spelling`,
      }));
    // JSON has no undefined: where there is no input, the key is not there.
    const isMissing = issue.input === undefined;
    return [{ pointer, code: isMissing ? 'missing-key' : 'wrong-type', detail: issue.message }];
  });
