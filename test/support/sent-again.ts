import type { SentFact } from '../../src/rules/fact.js';
import type { CodeListValue, Facts, FactValue, SeriesValue } from '../../src/screening/facts.js';
import type { RuleSetBody } from '../../src/rules/rule-set.js';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { sentFactsOf, type SentFacts } from './generate-intake.js';

/** A complete list says of the codes that are no options that they were checked; one that is not complete says nothing of them. */
const listSent = ({ codes, complete }: CodeListValue, fact: SentFact): JsonValue => {
  const options = fact.type === 'codeList' ? fact.options.map(({ code }) => code) : [];
  const checked = complete ? codes.filter((code) => !options.includes(code)) : [];
  const placed = codes.filter((code) => !checked.includes(code));
  return checked.length === 0 ? { codes: placed, complete } : { codes: placed, complete, checked };
};

const seriesSent = ({ readings }: SeriesValue): JsonValue =>
  readings.map(({ takenAt, values }): JsonObject => ({ ...values, takenAt }));

/** How a sender says a value; undefined where only leaving it out says it. */
const valueSent = (value: FactValue, fact: SentFact): JsonValue | undefined => {
  switch (value.kind) {
    case 'boolean':
    case 'code':
    case 'date':
      return value.value;
    case 'number':
      return value.low;
    case 'codeList':
      return listSent(value, fact);
    case 'series':
      return seriesSent(value);
    case 'unknown':
      return value.reason === 'not-asked' ? undefined : { unknown: value.reason };
  }
};

/** Typed facts as an intake under a version would send them, so that a reader makes the same of them. */
export const sentAgain = (facts: Facts, body: RuleSetBody): SentFacts =>
  Object.fromEntries(
    sentFactsOf(body).flatMap((fact) => {
      const value = Object.hasOwn(facts, fact.id) ? facts[fact.id] : undefined;
      const sent = value === undefined ? undefined : valueSent(value, fact);
      return sent === undefined ? [] : [[fact.id, sent] as const];
    }),
  );
