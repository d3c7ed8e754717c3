import type { MadeAgain } from '../services/replay-span.js';
import type { JsonDifference } from '../values/json-difference.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../values/json.js';
import { printable } from './output.js';

/** A decision that is not as it was stored, or cannot be made again. */
export type Fault = Exclude<MadeAgain, { readonly kind: 'identical' | 'erased' }>;

/** What kind of value stands in a place, in a word that tells nothing of a patient. */
const kindOf = (value: JsonValue | undefined): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (isJsonObject(value)) return 'object';
  if (typeof value === 'string') return 'text';
  return typeof value === 'object' ? 'list' : typeof value;
};

const sideJson = (value: JsonValue | undefined, withValue: boolean): JsonObject => ({
  kind: kindOf(value),
  ...(withValue && value !== undefined ? { value } : {}),
});

const differenceJson = ({ pointer, from, to }: JsonDifference, values: boolean): JsonObject => ({
  pointer,
  stored: sideJson(from, values),
  now: sideJson(to, values),
});

/**
 * A fault for programs.
 * @param values whether the values that differ are told, which may be of a patient
 */
export const faultJson = (fault: Fault, values: boolean): JsonObject => {
  const { id, position, kind } = fault;
  const named = { decision: id, position, outcome: kind };
  if (fault.kind === 'version-gone') return { ...named, sha256: fault.sha256 };
  if (fault.kind !== 'differs') return named;
  return { ...named, differences: fault.differences.map((each) => differenceJson(each, values)) };
};

const sideText = (value: JsonValue | undefined, withValue: boolean): string =>
  withValue && value !== undefined ? JSON.stringify(value) : kindOf(value);

const saysOf = (fault: Fault): string => {
  switch (fault.kind) {
    case 'differs':
      return `differs, ${fault.differences.length} ${fault.differences.length === 1 ? 'place' : 'places'}`;
    case 'version-gone':
      return `its version is gone: no file and no entry of the log has the one of sha256 ${fault.sha256}`;
    case 'damaged':
      return 'what is kept of it does not open: it was changed, or damaged';
    case 'unfit':
      return 'what is kept of it is not what a decision is made of: it was changed';
  }
};

/**
 * A fault for people: the decision, and a line a place that differs.
 * @param values whether the values that differ are told, which may be of a patient
 */
export const faultLines = (fault: Fault, values: boolean): readonly string[] => {
  const differences = fault.kind === 'differs' ? fault.differences : [];
  return [
    `${fault.id} at position ${fault.position}: ${saysOf(fault)}`,
    ...differences.map(
      ({ pointer, from, to }) =>
        `  ${pointer}: stored ${sideText(from, values)}, now ${sideText(to, values)}`,
    ),
  ].map(printable);
};
