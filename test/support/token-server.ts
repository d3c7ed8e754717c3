import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';
import request from 'supertest';
import { onTestFinished } from 'vitest';
import type { Scope } from '../../src/services/access.js';
import type { Issuer, TokenAlgorithm } from '../../src/services/issuer.js';

/** The name under which the server of a test knows the service. */
export const AUDIENCE = 'https://screening.example';

/** A pair of keys, as JWKs of one id. */
export type KeyPair = { readonly secret: JWK; readonly open: JWK };

/** Makes a pair of keys. */
export const keyPair = async (alg: string, kid: string): Promise<KeyPair> => {
  const pair = await generateKeyPair(alg, { extractable: true });
  const named = { kid, alg, use: 'sig' };
  return {
    secret: { ...(await exportJWK(pair.privateKey)), ...named },
    open: { ...(await exportJWK(pair.publicKey)), ...named },
  };
};

/** An OAuth 2.0 server that listens on this machine, with the keys that it signs by. It stops when the test ends. */
export type TokenServer = {
  readonly issuer: Issuer;
  readonly keys: { readonly ec: KeyPair; readonly rsa: KeyPair };
  /** How often its keys were fetched. */
  readonly fetches: () => number;
  /** Asks for an access token as a SMART Backend Services client does: with an assertion that it signed. */
  readonly tokenFor: (scope: string) => Promise<string>;
  /** Signs by another key from now on: its old one is gone. */
  readonly changeKeys: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** The client that the server knows: its id, and whose it is. */
export const CLIENT = 'ehr-of-a';
export const ORGANISATION = 'clinic-a';

const GRANTS: readonly Scope[] = ['screen', 'decisions:read', 'rules:read'];

const SERVER_SCOPES = [...GRANTS, 'admin', 'system/Patient.rs'].join(' ');

const serverConfig = (keys: readonly KeyPair[], client: KeyPair): Configuration => ({
  jwks: { keys: keys.map(({ secret }) => secret) },
  clients: [
    {
      client_id: CLIENT,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES384',
      id_token_signed_response_alg: 'ES256',
      jwks: { keys: [client.open] },
      scope: SERVER_SCOPES,
    },
  ],
  // What SMART Backend Services asks of a server.
  enabledJWA: { clientAuthSigningAlgValues: ['ES384', 'RS384'] },
  scopes: SERVER_SCOPES.split(' '),
  extraTokenClaims: () => ({ organisation: ORGANISATION }),
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => AUDIENCE,
      getResourceServerInfo: () => ({
        scope: SERVER_SCOPES,
        audience: AUDIENCE,
        accessTokenFormat: 'jwt',
        accessTokenTTL: 300,
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
});

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

/** What a token says, whether or not any server would. */
export type Claims = Readonly<Record<string, unknown>>;

/** Signs claims as a server does. */
export const sign = async (
  claims: Claims,
  { secret }: KeyPair,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> => {
  const { alg = '', kid = '' } = secret;
  return new SignJWT(claims).setProtectedHeader({ alg, kid, typ: 'at+jwt', ...header }).sign(secret);
};

const requestToken = async (url: string, client: KeyPair, scope: string): Promise<string> => {
  const now = Math.floor(Date.now() / 1_000);
  const assertion = await sign(
    { iss: CLIENT, sub: CLIENT, aud: url, iat: now, exp: now + 60, jti: crypto.randomUUID() },
    client,
    { typ: 'JWT' },
  );
  const response = await request(url).post('/token').type('form').send({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    scope,
  });
  const body = response.body as { readonly access_token?: string };
  if (body.access_token === undefined) throw new Error(`no token: ${JSON.stringify(body)}`);
  return body.access_token;
};

const issuerAt = (url: string, algorithms: readonly TokenAlgorithm[]): Issuer => ({
  name: 'idp',
  issuer: url,
  jwksUri: `${url}/jwks`,
  audience: AUDIENCE,
  algorithms,
  types: ['at+jwt'],
  maxLifetimeSeconds: 3_600,
  organisation: { claim: 'organisation', among: [ORGANISATION, 'clinic-b'] },
  clientClaim: 'client_id',
  grants: GRANTS,
  renames: { 'system/Patient.rs': ['screen', 'admin'] },
});

/** Starts a server of tokens. */
export const aTokenServer = async (): Promise<TokenServer> => {
  const [ec, rsa, client] = [
    await keyPair('ES256', 'ec-1'),
    await keyPair('RS256', 'rsa-1'),
    await keyPair('ES384', 'client-1'),
  ];
  let fetched = 0;
  let answer: ReturnType<Provider['callback']> | null = null;
  const server = createServer((request, response) => {
    if (request.url === '/jwks') fetched += 1;
    void answer?.(request, response);
  });
  const url = await listen(server);
  answer = new Provider(url, serverConfig([ec, rsa], client)).callback();
  const stop = (): Promise<void> => close(server);
  onTestFinished(stop);
  return {
    issuer: issuerAt(url, ['ES256', 'RS256']),
    keys: { ec, rsa },
    fetches: () => fetched,
    tokenFor: (scope) => requestToken(url, client, scope),
    changeKeys: async () => {
      const next = await keyPair('ES256', 'ec-2');
      answer = new Provider(url, serverConfig([next], client)).callback();
    },
    stop,
  };
};
