import type { Issue } from '../../values/issue.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import { failure, success, type Result } from '../../values/result.js';
import { issue } from '../intake/issue.js';
import { isList, memberOf, objectOf, textOf } from './members.js';
import { NOTHING, unpackAny, type Unpacked } from '../fhir/bundle.js';
import type { HookName, HookService } from './treatment.js';

/** A call of a hook, taken apart. Nothing in it is believed to be of the patient yet. */
export type HookCall = {
  readonly service: HookService;
  /** The id of the Patient that it is about, without its type. */
  readonly patient: string;
  readonly drafts: Unpacked;
  readonly prefetch: JsonObject;
  readonly received: JsonObject;
  /** The keys of the prefetch that were asked of the FHIR server of the EHR, whether or not it answered. */
  readonly fetched: readonly string[];
};

/** The hooks that are about orders. */
const ABOUT_ORDERS: ReadonlySet<HookName> = new Set(['order-select', 'order-sign']);

/** The id of a resource as FHIR R4 has it. Some clients send `Patient/x`, or a whole URL, in place of it. */
const PATIENT = /^(?:(?:\S*\/)?Patient\/)?([A-Za-z0-9\-.]{1,64})$/;

const patientIn = (context: JsonObject): string | null =>
  PATIENT.exec(textOf(context, 'patientId') ?? '')?.[1] ?? null;

const missing = (pointer: string, what: string): Issue =>
  issue(pointer, 'missing-key', `is missing: ${what}`);

const faultsOfHook = (sent: JsonObject, { hook, id }: HookService): readonly Issue[] => {
  const named = textOf(sent, 'hook');
  if (named === null) return [missing('/hook', `the service ${id} answers to \`${hook}\``)];
  return named === hook
    ? []
    : [issue('/hook', 'wrong-type', `must be \`${hook}\`: the service ${id} answers to that hook alone`)];
};

const faultsOfIds = (sent: JsonObject, context: JsonObject): readonly Issue[] => [
  ...(textOf(sent, 'hookInstance') === null
    ? [missing('/hookInstance', 'a UUID that names this call of the hook')]
    : []),
  ...(textOf(context, 'userId') === null ? [missing('/context/userId', 'who uses the EHR')] : []),
  ...(patientIn(context) === null
    ? [missing('/context/patientId', 'the id of a Patient, of up to 64 letters, digits, dashes and dots')]
    : []),
];

const faultsOfDrafts = (context: JsonObject): readonly Issue[] =>
  textOf(memberOf(context, 'draftOrders'), 'resourceType') === 'Bundle'
    ? []
    : [missing('/context/draftOrders', 'a Bundle of the orders')];

/** Every draft is looked at, chosen or not, so that a client which does not say what was chosen is answered too. */
const faultsOfSelections = (context: JsonObject): readonly Issue[] =>
  !Object.hasOwn(context, 'selections') || isList(memberOf(context, 'selections'))
    ? []
    : [
        issue(
          '/context/selections',
          'wrong-type',
          'must be a list of references to the orders that were chosen',
        ),
      ];

const faultsOfOrders = (context: JsonObject, { hook }: HookService): readonly Issue[] => {
  if (!ABOUT_ORDERS.has(hook)) return [];
  return [...faultsOfDrafts(context), ...(hook === 'order-select' ? faultsOfSelections(context) : [])];
};

const faultsOfServer = (sent: JsonObject): readonly Issue[] =>
  isJsonObject(memberOf(sent, 'fhirAuthorization')) && textOf(sent, 'fhirServer') === null
    ? [missing('/fhirServer', 'a token is of no use without the server that it is for')]
    : [];

const faultsOfPrefetch = (sent: JsonObject): readonly Issue[] => {
  const prefetch = memberOf(sent, 'prefetch');
  return prefetch === null || isJsonObject(prefetch)
    ? []
    : [issue('/prefetch', 'wrong-type', 'must be an object: a resource or null by each key')];
};

const faultsOf = (sent: JsonObject, service: HookService): readonly Issue[] => {
  const context = memberOf(sent, 'context');
  const inContext = isJsonObject(context)
    ? [...faultsOfIds(sent, context), ...faultsOfOrders(context, service)]
    : [...faultsOfIds(sent, { userId: '-', patientId: '-' }), missing('/context', 'an object')];
  return [...faultsOfHook(sent, service), ...inContext, ...faultsOfServer(sent), ...faultsOfPrefetch(sent)];
};

/**
 * Reads the envelope of a call. What a client must send and does not is a fault, all of them at once; what it sends beside that is passed over, and never a
 * fault.
 */
export const readHook = (received: JsonValue, service: HookService): Result<HookCall> => {
  if (!isJsonObject(received)) return failure([issue('', 'wrong-type', 'must be an object')]);
  const issues = faultsOf(received, service);
  const context = objectOf(received, 'context');
  const patient = patientIn(context);
  if (issues.length > 0 || patient === null) return failure(issues);
  const drafts =
    service.hook === 'patient-view'
      ? NOTHING
      : unpackAny(memberOf(context, 'draftOrders'), '/context/draftOrders');
  return success({
    service,
    patient,
    drafts,
    prefetch: objectOf(received, 'prefetch'),
    received,
    fetched: [],
  });
};
