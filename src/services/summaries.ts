import type { Entry, Lookup } from '../log/entry.js';
import type { Verdict } from '../screening/decide.js';
import type { Choice } from '../screening/resolution.js';
import type { JsonObject, JsonValue } from '../values/json.js';
import { isJsonObject } from '../values/json.js';
import { partOf } from './entries.js';

/** By what a decision is found, and what a list tells of it. */
export type DecisionSummary = {
  readonly subject: string | null;
  /** The id of the decision that it takes the place of. */
  readonly supersedes: string | null;
  readonly verdict: Verdict;
  readonly bounds: { readonly floor: string; readonly ceiling: string };
  /** The ids of the rules that are true, in rule order. */
  readonly rules: readonly string[];
  readonly ruleSet: { readonly id: string; readonly version: string };
  /** Where a hook asked for it: the service, its cards, and the rules that they give as reasons. */
  readonly hook?: {
    readonly service: string;
    readonly cards: readonly string[];
    readonly rules: readonly string[];
  };
};

/** By what feedback is found: the patient of the decision whose card it is on; null where the card is not known. */
export type FeedbackSummary = { readonly subject: string | null };

/** By what an intake that was handed over is found. */
export type IntakeSummary = { readonly subject: string | null; readonly codeHash: string };

/** By what a resolution is found. */
export type ResolutionSummary = { readonly decision: string; readonly choice: Choice };

/** What is read of a part is what was written into it. */
const parseResolution: (text: string) => ResolutionSummary = JSON.parse;

/** By what a resolution is found. */
export const readResolutionSummary = (resolution: Entry): ResolutionSummary =>
  parseResolution(partOf(resolution, 'summary'));

/** Makes the keyed hash of a reference to a patient of an organisation. */
type HashSubject = (subject: string) => string;

/** How a version is named in one word. */
export const versionName = ({ id, version }: { readonly id: string; readonly version: string }): string =>
  `${id}@${version}`;

const textIn = (summary: JsonObject, key: string): readonly string[] => {
  const value = summary[key];
  return typeof value === 'string' ? [value] : [];
};

const textsIn = (value: JsonValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

const versionIn = (value: JsonValue = null): readonly string[] =>
  isJsonObject(value) && typeof value.id === 'string' && typeof value.version === 'string'
    ? [versionName({ id: value.id, version: value.version })]
    : [];

const hookLookups = (value: JsonValue = null): readonly Lookup[] =>
  isJsonObject(value)
    ? [...named('service', textIn(value, 'service')), ...named('card', textsIn(value.cards))]
    : [];

const named = (name: Lookup['name'], values: readonly string[]): readonly Lookup[] =>
  values.map((value) => ({ name, value }));

const choiceLookups = (summary: JsonObject): readonly Lookup[] => {
  const decisions = textIn(summary, 'decision');
  const [choice] = textIn(summary, 'choice');
  return choice === 'proceed' || choice === 'defer' || choice === 'decline' ? named(choice, decisions) : [];
};

/**
 * The lookups of an entry. They follow from its kind and its part `summary` alone, so that an index can be made again and be compared with
 * the one that is there.
 * @param summary the part `summary`, or null where the entry has none
 */
export const lookupsOf = (kind: string, summary: JsonValue, hashSubject: HashSubject): readonly Lookup[] => {
  const ofKind = named('kind', [kind]);
  if (!isJsonObject(summary)) return ofKind;
  return [
    ...ofKind,
    ...named('subject', textIn(summary, 'subject').map(hashSubject)),
    ...named('verdict', textIn(summary, 'verdict')),
    ...named('rule', [...new Set(textsIn(summary.rules))]),
    ...named('version', versionIn(summary.ruleSet)),
    ...named('supersedes', textIn(summary, 'supersedes')),
    ...named('intake-code', textIn(summary, 'codeHash')),
    ...named('decision', textIn(summary, 'decision')),
    ...hookLookups(summary.hook),
    ...choiceLookups(summary),
  ];
};
