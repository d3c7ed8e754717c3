import type { Issue } from './issue.js';
import { endOfString, scanJson } from './json-scan.js';
import type { JsonValue } from './json.js';
import { failure, success, type Result } from './result.js';

const defaultMaxDepth = 32;

/** Enough to mend a text by; a reply that told every fault of a hostile text could be far longer than the text. */
const maxIssues = 100;

const parseJson: (text: string) => JsonValue = JSON.parse;

const decode = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const closers = new Map([
  ['[', ']'],
  ['{', '}'],
]);

/**
 * The text, or if it nests deeper than `maxDepth`, its beginning up to the first bracket that does, with all brackets closed.
 * So neither the parser nor the scan ever meets more than one level too many, however deep the text is.
 */
const cutBelow = (text: string, maxDepth: number): string => {
  const awaited: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const closer = closers.get(char);
    if (char === '"') at = endOfString(text, at) - 1;
    else if (char === ']' || char === '}') awaited.pop();
    else if (closer !== undefined) awaited.push(closer);
    if (awaited.length > maxDepth) return text.slice(0, at + 1) + awaited.reverse().join('');
  }
  return text;
};

/** Where the parser stopped, if it says so. The end of its message is read and nothing else: the rest may quote the text. */
const placeOf = (error: unknown, text: string): string => {
  const found = /in JSON at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(String(error));
  if (found === null) return '';
  const lines = text.slice(0, Number(found[1])).split('\n');
  return `, at line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
};

const notJson = (error: unknown, text: string): Issue => {
  const why = text.startsWith('\uFEFF') ? ': it starts with a byte order mark' : placeOf(error, text);
  return { pointer: '', code: 'not-json', detail: `the text is not JSON${why}` };
};

const parse = (text: string): Result<JsonValue> => {
  try {
    return success(parseJson(text));
  } catch (error) {
    return failure([notJson(error, text)]);
  }
};

/**
 * Reads JSON strictly, so that no part of what was sent can be lost or read in two ways.
 * Refused: bytes that are not UTF-8 (`not-utf8`); text that is not JSON, a byte order mark included (`not-json`); then, all at
 * once and each with its place, `duplicate-key`, `forbidden-key` (`__proto__`), `number-out-of-range` (no finite double),
 * `lone-surrogate` and `too-deep`. Reading ends at the first `too-deep`, and at the hundredth fault. Never throws.
 * @param bytes  what was sent, of any length: the caller limits it
 * @param limits `maxDepth`: how many arrays and objects may stand inside each other, 32 if not given
 * @returns the value that JSON.parse makes of the text, or at least one issue
 * Source: RFC 8259 sections 4, 6, 8 and 9; RFC 7493 (I-JSON) section 2.
 */
export const readJson = (bytes: Uint8Array, limits?: { readonly maxDepth?: number }): Result<JsonValue> => {
  const maxDepth = limits?.maxDepth ?? defaultMaxDepth;
  const text = decode(bytes);
  if (text === undefined) {
    return failure([{ pointer: '', code: 'not-utf8', detail: 'the bytes are not UTF-8' }]);
  }
  const readable = cutBelow(text, maxDepth);
  const parsed = parse(readable);
  if (!parsed.ok) return parsed;
  const issues = scanJson(readable, { maxDepth, maxIssues });
  return issues.length === 0 ? parsed : failure(issues);
};
