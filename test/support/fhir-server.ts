import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/values/json.js';

/** What was asked of a server: the address after its base, and what was sent with it. */
export type AskedOfEhr = {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly accept: string | undefined;
};

/** Answers in a way of its own. */
export type Odd = (response: ServerResponse, path: string) => void;

/** The FHIR server of an EHR, which listens on this machine. It stops when the test ends. */
export type Ehr = {
  readonly base: string;
  readonly asked: readonly AskedOfEhr[];
  /** From now on answers in another way what is asked by an address in which a text stands. `null` takes it back. */
  readonly oddly: (part: string, odd: Odd | null) => void;
  /** What it answers to an address, if nothing is odd. */
  readonly answerTo: (path: string) => JsonObject | null;
  readonly stop: () => Promise<void>;
};

/** Sends JSON as FHIR. */
export const sendFhir = (response: ServerResponse, body: JsonValue, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body));
};

/** Sends a status without a body. */
export const sendStatus =
  (status: number): Odd =>
  (response) => {
    response.writeHead(status).end();
  };

const idOf = ({ id }: JsonObject): string => (typeof id === 'string' ? id : '');

const codeOf = (record: JsonObject): string => JSON.stringify(record.code ?? null);

const matches = (record: JsonObject, type: string, code: string | null): boolean => {
  if (record.resourceType !== type) return false;
  const [, value = ''] = code?.split('|') ?? [];
  return code === null || codeOf(record).includes(`"${value}"`);
};

type Holding = { readonly base: string; readonly records: readonly JsonObject[]; readonly pageSize: number };

const pageAt = (address: URL, type: string, { base, records, pageSize }: Holding): JsonObject => {
  const found = records.filter((record) => matches(record, type, address.searchParams.get('code')));
  const from = Number(address.searchParams.get('_page') ?? '0') * pageSize;
  const next = new URL(address);
  next.searchParams.set('_page', String(from / pageSize + 1));
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: found.length,
    link: [
      { relation: 'self', url: address.href },
      ...(from + pageSize < found.length ? [{ relation: 'next', url: next.href }] : []),
    ],
    entry: found
      .slice(from, from + pageSize)
      .map((resource) => ({ fullUrl: `${base}/${type}/${idOf(resource)}`, resource })),
  };
};

const answerAt = (path: string, holding: Holding): JsonObject | null => {
  const address = new URL(`${holding.base}/${path}`);
  const [type = '', id] = address.pathname.split('/').slice(2);
  if (id === undefined) return pageAt(address, type, holding);
  return holding.records.find((record) => record.resourceType === type && record.id === id) ?? null;
};

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
};

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });

/** Starts a FHIR server with the records of one patient; results have pages of `pageSize`. */
export const anEhr = async (records: readonly JsonObject[], pageSize = 1_000): Promise<Ehr> => {
  const asked: AskedOfEhr[] = [];
  const odd = new Map<string, Odd>();
  const server = createServer((request: IncomingMessage, response) => {
    const path = (request.url ?? '').replace(/^\/r4\/?/, '');
    const { authorization, accept } = request.headers;
    asked.push({ path, authorization, accept });
    const [, own] = [...odd].find(([part]) => path.includes(part)) ?? [];
    const answer = answerAt(path, holding);
    if (own !== undefined) own(response, path);
    else if (answer === null) sendStatus(404)(response, path);
    else sendFhir(response, answer);
  });
  const base = `${await listen(server)}/r4`;
  const holding = { base, records, pageSize };
  const stop = (): Promise<void> => close(server);
  onTestFinished(stop);
  return {
    base,
    asked,
    oddly: (part, how) => {
      if (how === null) odd.delete(part);
      else odd.set(part, how);
    },
    answerTo: (path) => answerAt(path, holding),
    stop,
  };
};
