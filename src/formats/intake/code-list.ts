import type { Issue, IssueCode } from '../../values/issue.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import type { CodeListFact } from '../../rules/fact.js';
import type { CodeListValue } from '../../screening/facts.js';
import { issue, read, refuse, type Read } from './issue.js';

/** The greatest number of codes in one list. */
export const MAX_CODES = 500;

/** A list as it was sent, and the codes of it that the dictionary cannot place. */
export type ListRead = { readonly value: CodeListValue; readonly unplaced: readonly string[] };

/** `checked`: codes that the sender has looked up, and that stand for none of the options. */
type Sent = {
  readonly codes: readonly JsonValue[];
  readonly checked: readonly JsonValue[];
  readonly complete: boolean;
  /** Where the codes stand, and where those that were checked do. */
  readonly places: { readonly codes: string; readonly checked: string };
};

const isJsonArray = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

const keysOf = ({ open }: CodeListFact): readonly string[] =>
  open ? ['codes', 'complete', 'checked'] : ['codes', 'complete'];

const arrayFault = (value: JsonValue | undefined, pointer: string): readonly Issue[] =>
  isJsonArray(value) ? [] : [issue(pointer, 'wrong-type', 'must be an array of codes')];

const completeFault = (complete: JsonValue | undefined, pointer: string): readonly Issue[] =>
  typeof complete === 'boolean'
    ? []
    : [issue(pointer, 'wrong-type', 'must be true or false: say whether the list is complete')];

const keyFault = (value: JsonObject, fact: CodeListFact, pointer: string): readonly Issue[] =>
  Object.keys(value).every((key) => keysOf(fact).includes(key))
    ? []
    : [issue(pointer, 'unknown-key', `a code list has ${keysOf(fact).join(', ')}, and nothing else`)];

const listOf = (value: JsonObject, fact: CodeListFact, pointer: string): Read<Sent> => {
  const { codes, complete, checked = [] } = value;
  const places = { codes: `${pointer}/codes`, checked: `${pointer}/checked` };
  const faults = [
    ...arrayFault(codes, places.codes),
    ...arrayFault(checked, places.checked),
    ...completeFault(complete, `${pointer}/complete`),
    ...keyFault(value, fact, pointer),
  ];
  return isJsonArray(codes) && isJsonArray(checked) && typeof complete === 'boolean' && faults.length === 0
    ? read({ codes, checked, complete, places })
    : refuse(...faults);
};

const sentOf = (value: JsonValue, fact: CodeListFact, pointer: string): Read<Sent> => {
  if (isJsonArray(value)) {
    const places = { codes: pointer, checked: pointer };
    return read({ codes: value, checked: [], complete: true, places });
  }
  return isJsonObject(value)
    ? listOf(value, fact, pointer)
    : refuse(issue(pointer, 'wrong-type', 'must be an array of codes, or an object with codes and complete'));
};

/** Whether a value may stand in a list as a code. */
export const isCode = (code: JsonValue): code is string =>
  typeof code === 'string' && code.length > 0 && code.length <= 128;

type FaultOf = (code: string) => readonly [IssueCode, string] | null;

const faultsOf = (codes: readonly JsonValue[], place: string, faultOf: FaultOf): readonly Issue[] => {
  if (codes.length > MAX_CODES)
    return [issue(place, 'too-long', `must hold at most ${String(MAX_CODES)} codes`)];
  return codes.flatMap((code, index) => {
    const at = `${place}/${String(index)}`;
    if (!isCode(code)) return [issue(at, 'wrong-type', 'must be a code of 1 to 128 characters')];
    const fault = faultOf(code);
    return fault === null ? [] : [issue(at, ...fault)];
  });
};

const codesOf = (values: readonly JsonValue[]): readonly string[] =>
  [...new Set(values.filter(isCode))].toSorted();

/**
 * Reads a code list. A code outside a closed list is an issue; one that an open list cannot place makes it incomplete, because it may be any
 * of those that a rule asks for. Only the sender can say that it is not, by naming it under `checked`; that is kept with the facts.
 */
export const readCodeList = (value: JsonValue, fact: CodeListFact, pointer: string): Read<ListRead> => {
  const sent = sentOf(value, fact, pointer);
  if (sent.value === null) return refuse(...sent.issues);
  const { codes, checked, complete, places } = sent.value;
  const known = new Set(fact.options.map((option) => option.code));
  const faults = [
    ...faultsOf(codes, places.codes, (code) =>
      fact.open || known.has(code) ? null : ['unknown-code', `is none of the codes of \`${fact.id}\``],
    ),
    ...faultsOf(checked, places.checked, (code) =>
      known.has(code)
        ? ['contradiction', `is one of the options of \`${fact.id}\`: list it under \`codes\``]
        : null,
    ),
  ];
  if (faults.length > 0) return refuse(...faults);
  const others = codesOf(checked);
  const unplaced = codesOf(codes).filter((code) => !known.has(code) && !others.includes(code));
  return read({
    value: {
      kind: 'codeList',
      codes: codesOf([...codes, ...checked]),
      complete: complete && unplaced.length === 0,
    },
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
        properties: { codes, complete: { type: 'boolean' }, ...(fact.open ? { checked: codes } : {}) },
        required: ['codes', 'complete'],
        additionalProperties: false,
      },
    ],
  };
};
