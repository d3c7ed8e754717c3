import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import { pointerTo } from '../../values/pointer.js';
import { memberOf, textOf, typeOf } from './members.js';
import { failureAt, joinTaken, NOTHING_TAKEN, remarkAt, takeBundle, type Taken } from './take-bundle.js';

const takeResource = (resource: JsonObject, pointer: string): Taken => {
  switch (typeOf(resource)) {
    case null:
      return remarkAt(pointer, 'unreadable', 'is no resource: it names no `resourceType`');
    case 'Bundle':
      return takeBundle(resource, pointer);
    case 'OperationOutcome':
      return failureAt(pointer);
    default:
      return { parts: [{ resource, pointer, fullUrl: null }], remarks: [] };
  }
};

/** Clients of CDS Hooks 1.0 send what the EHR's server answered, with the status of the answer beside the resource. */
const takeAnswer = (answer: JsonObject, pointer: string): Taken => {
  const status = textOf(memberOf(answer, 'response'), 'status') ?? '';
  if (!status.startsWith('2')) return failureAt(pointer);
  const resource = memberOf(answer, 'resource');
  return isJsonObject(resource) ? takeResource(resource, pointerTo(pointer, 'resource')) : NOTHING_TAKEN;
};

const isAnswer = (value: JsonObject): boolean =>
  typeOf(value) === null && isJsonObject(memberOf(value, 'response'));

/** One value of the prefetch. Null says that there is nothing on file: then what it could have told stays unknown. */
const takeValue = (value: JsonValue, pointer: string): Taken => {
  if (value === null) return NOTHING_TAKEN;
  if (!isJsonObject(value))
    return remarkAt(
      pointer,
      'unreadable',
      'is no resource: a value of the prefetch is one resource, or null',
    );
  return isAnswer(value) ? takeAnswer(value, pointer) : takeResource(value, pointer);
};

/** The resources of a prefetch, whatever its keys are called: a resource says itself what it is. */
export const takePrefetch = (prefetch: JsonObject): Taken =>
  joinTaken(Object.entries(prefetch).map(([key, value]) => takeValue(value, pointerTo('/prefetch', key))));
