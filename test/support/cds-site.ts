import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import request, { type Response } from 'supertest';
import { onTestFinished } from 'vitest';
import type { CdsClient, PublicJwk } from '../../src/services/cds-client.js';
import { aCall } from './hook-call.js';
import { aTestApp, NOW, type TestApp } from './test-app.js';
import { keyPair, sign, type Claims, type KeyPair } from './token-server.js';

/** The address under which the service of a site is reached from elsewhere. */
export const BASE = 'https://screening.example/cds';

/** The path of the CDS service that is called. */
export const SIGN_PATH = '/cds-services/ketamine-order-sign';

/** When tokens are made, in seconds: the service of a test stands still at this moment. */
export const NOW_SECONDS = Date.parse(NOW) / 1_000;

/** Claims with which a client is let in. */
export const clientClaims = (more: Claims = {}): Claims => ({
  iss: 'https://ehr.example',
  aud: `${BASE}${SIGN_PATH}`,
  iat: NOW_SECONDS - 10,
  exp: NOW_SECONDS + 290,
  jti: crypto.randomUUID(),
  ...more,
});

/** A JWT of the client, good but for what is changed in its claims or its header. */
export const clientJwt = (
  pair: KeyPair,
  claims: Claims = {},
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> => sign(clientClaims(claims), pair, { typ: 'JWT', ...header });

const aClient = (pairs: readonly KeyPair[], more: Partial<CdsClient> = {}): CdsClient => ({
  name: 'ehr',
  issuer: 'https://ehr.example',
  organisation: 'clinic-a',
  jwks: { keys: pairs.map(({ open }) => open as unknown as PublicJwk) },
  jwksUris: [],
  algorithms: ['ES384', 'RS384'],
  audiences: [],
  maxLifetimeSeconds: 3_600,
  clockSkewSeconds: 60,
  tenants: null,
  ...more,
});

/** A service that knows one client of CDS services, by two keys that were agreed. */
export type Site = { readonly app: TestApp; readonly ec: KeyPair; readonly rsa: KeyPair };

/** Starts a service that knows one client. */
export const aSite = async (more: Partial<CdsClient> = {}): Promise<Site> => {
  const [ec, rsa] = [await keyPair('ES384', 'ec'), await keyPair('RS384', 'rsa')];
  const reception = { cdsClients: [aClient([ec, rsa], more)], publicUrl: BASE };
  return { app: await aTestApp({ reception }), ec, rsa };
};

/** Calls a service with a token. */
export const callBy = async (
  { app }: Pick<Site, 'app'>,
  token: string,
  path = SIGN_PATH,
): Promise<Response> =>
  request(app.url).post(path).set('authorization', `Bearer ${token}`).send(aCall('order-sign'));

/** Why credentials were refused so far. */
export const whysIn = ({ app }: Pick<Site, 'app'>): readonly unknown[] =>
  app.lines
    .map((line) => JSON.parse(line) as { readonly why?: string })
    .flatMap(({ why }) => (why === undefined ? [] : [why]));

/** Starts a server that gives out a public key, and tells at which paths it was asked. It stops when the test ends. */
export const aKeyServer = async (
  pair: KeyPair,
): Promise<{ readonly url: string; readonly paths: readonly string[] }> => {
  const paths: string[] = [];
  const server = createServer((asked, response) => {
    paths.push(asked.url ?? '');
    response.end(JSON.stringify({ keys: [pair.open] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths };
};
