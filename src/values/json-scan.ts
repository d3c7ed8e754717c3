import type { Issue, IssueCode } from './issue.js';
import { pointerTo } from './pointer.js';

/** What a scan allows. `maxDepth` counts nested arrays and objects; the scan ends with the fault that reaches `maxIssues`. */
export type ScanLimits = { readonly maxDepth: number; readonly maxIssues: number };

/** An array or object that is still open. `step` is the key or index of the member being read. */
type Frame =
  | { readonly kind: 'array'; step: number }
  | { readonly kind: 'object'; step: string; awaitsKey: boolean; readonly keys: Set<string> };

type Scan = {
  readonly text: string;
  readonly limits: ScanLimits;
  readonly frames: Frame[];
  readonly issues: Issue[];
};

const details = {
  'duplicate-key': 'this key stands more than once in its object: keep one of them',
  'forbidden-key': 'the key `__proto__` is not accepted',
  'number-out-of-range': 'this number is too large for a 64-bit floating-point number',
  'lone-surrogate': 'a string or key holds half of a surrogate pair, which is no character',
  'too-deep': 'arrays and objects are nested too deeply here; what follows was not read',
} as const satisfies Partial<Record<IssueCode, string>>;

/** In a pattern with the flag `u`, only a surrogate without its other half matches. */
const loneSurrogates = /\p{Surrogate}/gu;

const numberStart = '-0123456789';
const numberPart = `${numberStart}+.eE`;

/** The place being read. A lone surrogate in a key is shown as U+FFFD, so that the pointer can be sent. */
const pointerOf = (frames: readonly Frame[]): string =>
  frames.reduce((pointer, { step }) => pointerTo(pointer, step), '').replace(loneSurrogates, '\uFFFD');

const report = (scan: Scan, code: keyof typeof details): void => {
  scan.issues.push({ pointer: pointerOf(scan.frames), code, detail: details[code] });
};

/**
 * The index just after the string that opens at `at`.
 * @param text any text; a string that is not closed ends at or just after the end of the text
 * @param at   the index of its opening quotation mark
 */
export const endOfString = (text: string, at: number): number => {
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end + 1;
};

const endOfNumber = (text: string, at: number): number => {
  let end = at;
  while (end < text.length && numberPart.includes(text.charAt(end))) end += 1;
  return end;
};

const readKey = (scan: Scan, frame: Frame & { kind: 'object' }, key: string): void => {
  frame.step = key;
  frame.awaitsKey = false;
  if (frame.keys.has(key)) report(scan, 'duplicate-key');
  if (key === '__proto__') report(scan, 'forbidden-key');
  frame.keys.add(key);
};

const readString = (scan: Scan, at: number): number => {
  const end = endOfString(scan.text, at);
  const string = String(JSON.parse(scan.text.slice(at, end)));
  const frame = scan.frames.at(-1);
  if (frame?.kind === 'object' && frame.awaitsKey) readKey(scan, frame, string);
  if (string.search(loneSurrogates) >= 0) report(scan, 'lone-surrogate');
  return end;
};

const readNumber = (scan: Scan, at: number): number => {
  const end = endOfNumber(scan.text, at);
  if (!Number.isFinite(Number(scan.text.slice(at, end)))) report(scan, 'number-out-of-range');
  return end;
};

const open = (scan: Scan, frame: Frame): void => {
  if (scan.frames.length >= scan.limits.maxDepth) report(scan, 'too-deep');
  scan.frames.push(frame);
};

const nextMember = (frame: Frame | undefined): void => {
  if (frame?.kind === 'array') frame.step += 1;
  if (frame?.kind === 'object') frame.awaitsKey = true;
};

const readPunctuation = (scan: Scan, char: string): void => {
  if (char === '[') open(scan, { kind: 'array', step: 0 });
  else if (char === '{') open(scan, { kind: 'object', step: '', awaitsKey: true, keys: new Set() });
  else if (char === ',') nextMember(scan.frames.at(-1));
  else if (char === ']' || char === '}') scan.frames.pop();
};

/** Reads one token and returns the index after it. Blanks, colons and the letters of `true`, `false`, `null` are passed over. */
const readToken = (scan: Scan, at: number): number => {
  const char = scan.text.charAt(at);
  if (char === '"') return readString(scan, at);
  if (numberStart.includes(char)) return readNumber(scan, at);
  readPunctuation(scan, char);
  return at + 1;
};

/**
 * Finds what is legal JSON and yet unfit to be trusted, in the order of the text: repeated keys (compared after escapes are
 * decoded), the key `__proto__`, numbers that become infinite, lone surrogates, and nesting below the allowed depth.
 * Does not recurse. Works by hand, because no maintained package reports all of these with their places.
 * @param text INVARIANT: a text that JSON.parse accepts
 * @returns every fault up to the limit, none if the text is sound
 */
export const scanJson = (text: string, limits: ScanLimits): readonly Issue[] => {
  const scan: Scan = { text, limits, frames: [], issues: [] };
  let at = 0;
  while (at < text.length && scan.issues.length < limits.maxIssues) at = readToken(scan, at);
  return scan.issues;
};
