import type { JsonObject, JsonValue } from '../../values/json.js';
import type { CodeFact, CodeListFact, Option } from '../../rules/fact.js';
import type { SENT_REASONS } from '../../screening/facts.js';
import { terminologyCoding, type Coding } from './coding.js';

const YES_NO = 'http://terminology.hl7.org/CodeSystem/v2-0136';

/** The code system of the answers that say that there is no answer. Its codes are the reasons of a native intake. */
const UNKNOWN = 'urn:ketamine-screening:codes:unknown';

const YES: Coding = { system: YES_NO, code: 'Y', display: 'Yes' };

/** The answer that a question was answered no. It alone hides what depends on the question. */
export const NO: Coding = { system: YES_NO, code: 'N', display: 'No' };

type UnknownCoding = Coding & { readonly code: (typeof SENT_REASONS)[number] };

/** The answers that a fact was asked and is unknown. They are not the code system of HL7, whose words no patient would choose. */
const NOT_KNOWN: readonly UnknownCoding[] = [
  { system: UNKNOWN, code: 'asked-unknown', display: 'Not sure' },
  { system: UNKNOWN, code: 'declined', display: 'Prefer not to say' },
];

/** What an option says, as a native intake says it. */
export const meaningOf = ({ system, code }: Pick<Coding, 'system' | 'code'>): JsonValue => {
  if (system === UNKNOWN) return { unknown: code };
  return system === YES_NO ? code === YES.code : code;
};

const options = (codings: readonly Coding[]): readonly JsonObject[] =>
  codings.map((coding) => ({ valueCoding: coding }));

/** The answers to a question that asks why there is no answer. */
export const UNKNOWN_OPTIONS = options(NOT_KNOWN);

/** The answers to a yes-or-no question. A checkbox has no third state, so none is used: unknown is never absent. */
export const YES_NO_OPTIONS = options([YES, NO, ...NOT_KNOWN]);

/** An option of a fact: in the terminology where the dictionary says so, else in a code system of that fact alone. */
const optionCoding = (
  { code, label }: Option,
  { id, codes = [] }: CodeFact | CodeListFact,
  ruleSet: string,
): Coding => {
  const known = codes.find((coding) => coding.code === code);
  return known === undefined
    ? { system: `urn:ketamine-screening:codes:${ruleSet}:${id}`, code, display: label }
    : { ...terminologyCoding(known), display: label };
};

/**
 * The options of a fact in their order, as answers.
 * @param ruleSet id of the rule set: two sets may have facts of one id
 */
export const factOptions = (fact: CodeFact | CodeListFact, ruleSet: string): readonly JsonObject[] =>
  options(fact.options.map((option) => optionCoding(option, fact, ruleSet)));

/** The options of a closed list of which one is chosen, with the two that say that the fact is unknown. */
export const choiceOptions = (fact: CodeFact, ruleSet: string): readonly JsonObject[] => [
  ...factOptions(fact, ruleSet),
  ...UNKNOWN_OPTIONS,
];
