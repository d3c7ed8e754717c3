import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import { SENT_REASONS, type UnknownValue } from '../../screening/facts.js';
import { issue, read, refuse, type Read } from './issue.js';

/** The JSON Schema of a fact that was asked and is unknown. */
export const ASKED_UNKNOWN_SCHEMA: JsonObject = {
  type: 'object',
  properties: { unknown: { enum: SENT_REASONS } },
  required: ['unknown'],
  additionalProperties: false,
};

/** Whether a value says that its fact was asked and is unknown. */
export const saysUnknown = (value: JsonValue): value is JsonObject =>
  isJsonObject(value) && Object.hasOwn(value, 'unknown');

/** Reads `{ "unknown": reason }`. A fact that was not asked is left out instead. */
export const readAskedUnknown = (value: JsonObject, pointer: string): Read<UnknownValue> => {
  const reason = SENT_REASONS.find((known) => known === value.unknown);
  if (reason === undefined)
    return refuse(
      issue(
        `${pointer}/unknown`,
        'unknown-reason',
        `use one of ${SENT_REASONS.join(', ')}, or leave the fact out`,
      ),
    );
  const others = Object.keys(value).filter((key) => key !== 'unknown');
  return others.length === 0
    ? read({ kind: 'unknown', reason })
    : refuse(issue(pointer, 'unknown-key', 'a fact that is unknown has no other key beside `unknown`'));
};
