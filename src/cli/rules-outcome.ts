import type { JsonObject } from '../values/json.js';

/** What a command prints, and the exit code that it ends with. */
export type Outcome = { readonly lines: readonly string[]; readonly exitCode: 0 | 1 };

/** For whom a command prints: lines for people, or one JSON object for programs. */
export type Style = 'text' | 'json';

/** What a command came to, in both styles. */
export type Report = Outcome & { readonly json: JsonObject };

/** What a command prints in a style. */
export const outcomeOf = ({ lines, json, exitCode }: Report, style: Style): Outcome => ({
  lines: style === 'json' ? [JSON.stringify(json)] : lines,
  exitCode,
});
