import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import { pointerTo } from '../../values/pointer.js';
import { failedAt, joinUnpacked, NOTHING, unpackAny, type Unpacked } from '../fhir/bundle.js';
import { memberOf, textOf, typeOf } from './members.js';

/** Clients of CDS Hooks 1.0 send what the EHR's server answered, with the status of the answer beside the resource. */
const isAnswer = (value: JsonValue): value is JsonObject =>
  isJsonObject(value) && typeOf(value) === null && isJsonObject(memberOf(value, 'response'));

const isFailedAnswer = (answer: JsonObject): boolean =>
  textOf(memberOf(answer, 'response'), 'status')?.startsWith('2') !== true;

/** Whether a client says of a key that it could not be fetched. */
export const isFailed = (value: JsonValue): boolean =>
  typeOf(value) === 'OperationOutcome' || (isAnswer(value) && isFailedAnswer(value));

const takeAnswer = (answer: JsonObject, pointer: string): Unpacked =>
  isFailedAnswer(answer)
    ? failedAt(pointer)
    : unpackAny(memberOf(answer, 'resource'), pointerTo(pointer, 'resource'));

/** One value of the prefetch. Null says that there is nothing on file: then what it could have told stays unknown. Anything else that is no resource may have been any. */
const takeValue = (value: JsonValue, pointer: string): Unpacked => {
  if (value === null) return NOTHING;
  return isAnswer(value) ? takeAnswer(value, pointer) : unpackAny(value, pointer);
};

/** The resources of a prefetch, whatever its keys are called: a resource says itself what it is. */
export const takePrefetch = (prefetch: JsonObject): Unpacked =>
  joinUnpacked(Object.entries(prefetch).map(([key, value]) => takeValue(value, pointerTo('/prefetch', key))));
