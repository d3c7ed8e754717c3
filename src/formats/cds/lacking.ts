import type { JsonObject } from '../../values/json.js';
import { hasNextPage } from '../fhir/bundle.js';
import type { HookRead } from './hook-intake.js';
import { isPage } from './pages.js';
import type { HookCall } from './read-hook.js';
import { isFailed } from './take-prefetch.js';
import { ORDERS_KEY, resolved, type Templates } from './templates.js';

/** What is asked of the FHIR server for a key: a relative address; or the pages after the one that was sent. */
export type Query =
  | { readonly kind: 'search' | 'read'; readonly key: string; readonly path: string }
  | { readonly kind: 'go-on'; readonly key: string; readonly sent: JsonObject };

/** Null is no lack: the client asked, and there is nothing on file. */
const isLacking = (prefetch: JsonObject, key: string): boolean => {
  const value = Object.hasOwn(prefetch, key) ? prefetch[key] : undefined;
  return value === undefined || isFailed(value);
};

const askedFor = ({ prefetch, patient }: HookCall, templates: Templates): readonly Query[] =>
  Object.entries(templates)
    .filter(([key]) => isLacking(prefetch, key))
    .map(([key, template]) => ({
      kind: template.includes('?') ? 'search' : 'read',
      key,
      path: resolved(template, patient),
    }));

const begunIn = ({ prefetch }: HookCall): readonly Query[] =>
  Object.entries(prefetch).flatMap(([key, sent]) =>
    isPage(sent) && hasNextPage(sent) ? [{ kind: 'go-on', key, sent }] : [],
  );

/** Whether anything of the record is of use for a key: all of it once there is an order for the treatment, and before that the orders where they alone could tell. */
const isOfUse = ({ kind }: HookRead, { service }: HookCall, key: string): boolean => {
  if (kind === 'intake' || kind === 'no-patient') return true;
  return kind === 'silent' && service.hook === 'patient-view' && key === ORDERS_KEY;
};

/**
 * What the prefetch of a call lacks and is still to be asked of the FHIR server of the EHR. No key is asked for twice.
 * @param read what became of the call so far: where there is no order for the treatment, nothing of the patient is asked for but, where a record is looked at, its
 *             orders
 */
export const lackingIn = (call: HookCall, read: HookRead, templates: Templates): readonly Query[] =>
  [...askedFor(call, templates), ...begunIn(call)].filter(
    ({ key }) => isOfUse(read, call, key) && !call.fetched.includes(key),
  );
