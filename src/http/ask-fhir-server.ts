import type { FhirAnswer } from '../formats/cds/fill-prefetch.js';
import type { FhirServer } from '../formats/cds/fhir-server.js';
import type { Query } from '../formats/cds/lacking.js';
import { typeOf } from '../formats/cds/members.js';
import { isPage, joinPages, nextPage } from '../formats/cds/pages.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../values/json.js';
import { readJson } from '../values/read-json.js';
import { bytesWithin, type Budget } from './bytes-within.js';
import { FHIR_DEPTH } from './strict-json.js';

/** How long all that is asked for one call may take, in milliseconds: a clinician waits for the card. */
const LIMIT_MS = 1_500;

/** So many questions of one call are under way at once. */
const MOST_AT_ONCE = 8;

/** So many pages of one result are read. */
const MOST_PAGES = 10;

/** The greatest size of one answer, in bytes. */
const MOST_OF_ONE = 2 * 1024 * 1024;

/** The greatest size of all answers for one call, in bytes: as much as a client may send itself. */
const MOST_IN_ALL = 6 * 1024 * 1024;

type Asking = {
  readonly server: FhirServer;
  readonly signal: AbortSignal;
  readonly all: Budget;
};

const headersFor = ({ token }: FhirServer): Readonly<Record<string, string>> => ({
  accept: 'application/fhir+json',
  ...(token === null ? {} : { authorization: `Bearer ${token}` }),
});

const fetchJson = async (address: string, { server, signal, all }: Asking): Promise<JsonValue> => {
  const response = await fetch(address, { headers: headersFor(server), signal, redirect: 'error' });
  if (response.status !== 200) {
    await response.body?.cancel();
    return null;
  }
  const bytes = await bytesWithin(response, [{ left: MOST_OF_ONE }, all]);
  const json = bytes === null ? null : readJson(bytes, { maxDepth: FHIR_DEPTH });
  return json?.ok === true ? json.value : null;
};

/** Null where it cannot be had, for whatever reason: then it is not known, and nothing more is to be said of it. */
const jsonAt = (address: string, asking: Asking): Promise<JsonValue> =>
  fetchJson(address, asking).catch(() => null);

const pagesAfter = async (first: JsonObject, asking: Asking): Promise<readonly JsonObject[]> => {
  const pages: JsonObject[] = [];
  const { base } = asking.server;
  let address = nextPage(first, base);
  while (address !== null && pages.length < MOST_PAGES - 1) {
    const page = await jsonAt(address, asking);
    if (!isPage(page)) break;
    pages.push(page);
    address = nextPage(page, base);
  }
  return pages;
};

const goOn = async (sent: JsonObject, asking: Asking): Promise<JsonObject | null> => {
  const others = await pagesAfter(sent, asking);
  return others.length === 0 ? null : joinPages(sent, others);
};

const valueFor = async (query: Query, asking: Asking): Promise<JsonObject | null> => {
  if (query.kind === 'go-on') return goOn(query.sent, asking);
  const first = await jsonAt(`${asking.server.base}/${query.path}`, asking);
  if (query.kind === 'read') return isJsonObject(first) && typeOf(first) === 'Patient' ? first : null;
  return isPage(first) ? joinPages(first, await pagesAfter(first, asking)) : null;
};

/** Asks the FHIR server of one call. */
export type AskFhirServer = (queries: readonly Query[]) => Promise<readonly FhirAnswer[]>;

/**
 * Begins to ask a server for one call: the limits on time and size are of all that is asked for it. Nothing is asked of any other address, no redirect is followed,
 * and what fails is an answer that was not had. Never throws.
 * @param gone aborted once nobody waits for the answer any more
 */
export const askerOf = (server: FhirServer, gone: AbortSignal): AskFhirServer => {
  const signal = AbortSignal.any([gone, AbortSignal.timeout(LIMIT_MS)]);
  const asking: Asking = { server, signal, all: { left: MOST_IN_ALL } };
  return async (queries) => {
    const values: (JsonObject | null)[] = [];
    const waiting = [...queries.entries()];
    const askInTurn = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        values[next[0]] = await valueFor(next[1], asking);
    };
    await Promise.all(Array.from({ length: MOST_AT_ONCE }, askInTurn));
    // In the order in which they were asked, whichever came first: the same answers must make the same decision.
    return queries.map((query, index) => ({ query, value: values[index] ?? null }));
  };
};
