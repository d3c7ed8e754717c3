import type { Issue } from '../../values/issue.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import type { CodeListFact } from '../../rules/fact.js';
import type { CodeListValue } from '../../screening/facts.js';
import { issue, read, refuse, type Read } from './issue.js';

/** The greatest number of codes in one list. */
export const MAX_CODES = 500;

/** A list as it was sent, and the codes of it that the dictionary cannot place. */
export type ListRead = { readonly value: CodeListValue; readonly unplaced: readonly string[] };

type Sent = { readonly codes: readonly JsonValue[]; readonly complete: boolean; readonly pointer: string };

const isJsonArray = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

const listFaults = (value: JsonObject, pointer: string): readonly Issue[] => [
  ...(isJsonArray(value.codes) ? [] : [issue(`${pointer}/codes`, 'wrong-type', 'must be an array of codes')]),
  ...(typeof value.complete === 'boolean'
    ? []
    : [
        issue(`${pointer}/complete`, 'wrong-type', 'must be true or false: say whether the list is complete'),
      ]),
  ...(Object.keys(value).every((key) => key === 'codes' || key === 'complete')
    ? []
    : [issue(pointer, 'unknown-key', 'a code list has `codes` and `complete`, and nothing else')]),
];

const sentOf = (value: JsonValue, pointer: string): Read<Sent> => {
  if (isJsonArray(value)) return read({ codes: value, complete: true, pointer });
  if (!isJsonObject(value))
    return refuse(
      issue(pointer, 'wrong-type', 'must be an array of codes, or an object with codes and complete'),
    );
  const faults = listFaults(value, pointer);
  const { codes, complete } = value;
  return isJsonArray(codes) && typeof complete === 'boolean' && faults.length === 0
    ? read({ codes, complete, pointer: `${pointer}/codes` })
    : refuse(...faults);
};

const isCode = (code: JsonValue): code is string =>
  typeof code === 'string' && code.length > 0 && code.length <= 128;

/**
 * Reads a code list. A code outside a closed list is an issue; one that an open list cannot place makes it incomplete, because it may be any
 * of those that a rule asks for.
 */
export const readCodeList = (value: JsonValue, fact: CodeListFact, pointer: string): Read<ListRead> => {
  const sent = sentOf(value, pointer);
  if (sent.value === null) return refuse(...sent.issues);
  const { codes, complete, pointer: place } = sent.value;
  if (codes.length > MAX_CODES)
    return refuse(issue(place, 'too-long', `must hold at most ${String(MAX_CODES)} codes`));
  const known = new Set(fact.options.map((option) => option.code));
  const faults = codes.flatMap((code, index) => {
    if (!isCode(code))
      return [issue(`${place}/${String(index)}`, 'wrong-type', 'must be a code of 1 to 128 characters')];
    return fact.open || known.has(code)
      ? []
      : [issue(`${place}/${String(index)}`, 'unknown-code', `is none of the codes of \`${fact.id}\``)];
  });
  if (faults.length > 0) return refuse(...faults);
  const sorted = [...new Set(codes.filter(isCode))].toSorted();
  const unplaced = sorted.filter((code) => !known.has(code));
  return read({
    value: { kind: 'codeList', codes: sorted, complete: complete && unplaced.length === 0 },
    unplaced,
  });
};

/** The JSON Schema of a code list. */
export const codeListSchema = (fact: CodeListFact): JsonObject => {
  const codes: JsonObject = {
    type: 'array',
    maxItems: MAX_CODES,
    items: fact.open
      ? { type: 'string', minLength: 1, maxLength: 128 }
      : { enum: fact.options.map((option) => option.code) },
  };
  return {
    anyOf: [
      codes,
      {
        type: 'object',
        properties: { codes, complete: { type: 'boolean' } },
        required: ['codes', 'complete'],
        additionalProperties: false,
      },
    ],
  };
};
