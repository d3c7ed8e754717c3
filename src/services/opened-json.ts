import type { OpenedParts } from '../log/verify-entry.js';
import type { JsonValue } from '../values/json.js';

const parseJson: (text: string) => JsonValue = JSON.parse;

/**
 * A part of a payload that is doubted, as JSON; undefined where there is none, or its text is no JSON. Total: that it is not what the log committed to is told
 * elsewhere.
 */
export const jsonIn = (parts: OpenedParts, name: string): JsonValue | undefined => {
  const part = parts[name];
  if (part === undefined) return undefined;
  try {
    return parseJson(part.body);
  } catch {
    return undefined;
  }
};
