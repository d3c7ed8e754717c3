import { createHmac, createPublicKey, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import {
  AUDIENCE,
  CLIENT,
  keyPair,
  ORGANISATION,
  sign,
  type Claims,
  type KeyPair,
  type TokenServer,
} from './token-server.js';

/** A token that must never let anyone in, with what is wrong with it. */
export type Forged = { readonly what: string; readonly token: string };

/** What tokens are forged with. `trap` is the address of a server that must never be asked anything; `now` is in seconds. */
export type Forge = { readonly server: TokenServer; readonly trap: string; readonly now: number };

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Claims with which a token of the server would be taken. */
export const goodClaims = ({ server, now }: Omit<Forge, 'trap'>): Claims => ({
  iss: server.issuer.issuer,
  aud: AUDIENCE,
  client_id: CLIENT,
  organisation: ORGANISATION,
  scope: 'rules:read',
  iat: now,
  exp: now + 300,
  jti: 'one',
});

const headed = (header: Readonly<Record<string, unknown>>, claims: Claims, signature = ''): string =>
  `${base64(header)}.${base64(claims)}.${signature}`;

const unsigned = (claims: Claims): readonly Forged[] =>
  ['none', 'None', 'NONE', 'nOnE', ''].flatMap((alg) =>
    ['', 'AA', 'e30'].map((signature) => ({
      what: `alg ${JSON.stringify(alg)} with the signature ${JSON.stringify(signature)}`,
      token: headed({ alg, typ: 'at+jwt', kid: 'ec-1' }, claims, signature),
    })),
  );

/** Every text that a careless verifier might take for a shared secret. */
const secretsOf = ({ open }: KeyPair): readonly (readonly [string, string | Buffer])[] => {
  const key = createPublicKey({ key: open as Record<string, string>, format: 'jwk' });
  return [
    ['nothing', ''],
    ['a PEM', key.export({ type: 'spki', format: 'pem' }).toString()],
    ['a trimmed PEM', key.export({ type: 'spki', format: 'pem' }).toString().trim()],
    ['a DER', key.export({ type: 'spki', format: 'der' })],
    ['a JWK', JSON.stringify(open)],
    ['the id of the key', open.kid ?? ''],
  ];
};

const shared = (claims: Claims, keys: readonly KeyPair[]): readonly Forged[] =>
  keys.flatMap((pair) =>
    secretsOf(pair).flatMap(([name, secret]) =>
      [256, 384, 512].map((size) => {
        const head = headed({ alg: `HS${String(size)}`, typ: 'at+jwt', kid: pair.open.kid }, claims);
        const text = head.slice(0, -1);
        const mac = createHmac(`sha${String(size)}`, secret)
          .update(text)
          .digest('base64url');
        return { what: `HS${String(size)} by ${name} of ${String(pair.open.kid)}`, token: `${text}.${mac}` };
      }),
    ),
  );

/** Signed by a key that is not the server's, under the name of one that is, or of none, or of something else. */
const strangers = async (claims: Claims, { server, trap }: Forge): Promise<readonly Forged[]> => {
  const [ec, rsa] = [await keyPair('ES256', 'ec-1'), await keyPair('RS256', 'rsa-1')];
  const kids = [
    'ec-1',
    'rsa-1',
    undefined,
    '',
    '../../../../dev/null',
    "' OR '1'='1",
    '%00',
    'x'.repeat(4_000),
  ];
  const headers: readonly Readonly<Record<string, unknown>>[] = [
    ...kids.map((kid) => ({ kid })),
    { jku: `${trap}/jwks` },
    { x5u: `${trap}/cert` },
    { jku: `${server.issuer.jwksUri}@${trap.slice('http://'.length)}` },
    { jwk: ec.open },
    { jwk: rsa.open, kid: undefined },
    { x5c: ['MIIB'], x5t: 'AA' },
    { jku: `${trap}/jwks`, jwk: ec.open, kid: `${trap}/key` },
  ];
  const made = headers.flatMap((header) =>
    [ec, rsa].map(async (pair) => ({
      what: `another ${String(pair.secret.alg)} key with ${JSON.stringify(header).slice(0, 80)}`,
      token: await sign(claims, pair, header),
    })),
  );
  return Promise.all(made);
};

const flippedAt = (text: string, at: number): string => {
  const bytes = Buffer.from(text, 'base64url');
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (at % 8)), at);
  return bytes.toString('base64url');
};

/** A good token with one bit changed: of each byte of each of its parts. */
const flipped = (good: string): readonly Forged[] =>
  good.split('.').flatMap((part, index, parts) =>
    Array.from({ length: Buffer.from(part, 'base64url').length }, (_none, at) => ({
      what: `a bit of byte ${String(at)} of part ${String(index)} changed`,
      token: parts.with(index, flippedAt(part, at)).join('.'),
    })),
  );

const cut = (good: string): readonly Forged[] => {
  const [head = '', claims = '', signature = ''] = good.split('.');
  return [
    ['two parts', `${head}.${claims}`],
    ['one part', head],
    ['no signature', `${head}.${claims}.`],
    ['four parts', `${good}.${signature}`],
    ['five parts', `${good}.${claims}.${signature}`],
    ['no head', `.${claims}.${signature}`],
    ['no claims', `${head}..${signature}`],
    ['dots', '..'],
    ['a signature of zeros', `${head}.${claims}.${Buffer.alloc(64).toString('base64url')}`],
    ['a signature of ones', `${head}.${claims}.${Buffer.alloc(64, 255).toString('base64url')}`],
    ['a signature cut', `${head}.${claims}.${signature.slice(0, -4)}`],
    ['a signature twice', `${head}.${claims}.${signature}${signature}`],
    ['claims that are no JSON', `${head}.${Buffer.from('{').toString('base64url')}.${signature}`],
    ['a head that is no JSON', `${Buffer.from('x').toString('base64url')}.${claims}.${signature}`],
  ].map(([what = '', token = '']) => ({ what, token }));
};

/** Signed by the server's own key, and yet not to be taken: for each, what is changed in its claims. */
const WRONG: readonly (readonly [string, (forge: Forge) => Claims])[] = [
  ['expired 61 s ago', ({ now }) => ({ exp: now - 61 })],
  ['expired a year ago', ({ now }) => ({ iat: now - 31_536_000, exp: now - 31_535_700 })],
  ['good from 61 s from now on', ({ now }) => ({ nbf: now + 61 })],
  ['issued 61 s from now', ({ now }) => ({ iat: now + 61, exp: now + 300 })],
  ['good for more than an hour', ({ now }) => ({ exp: now + 3_601 })],
  ['issued more than an hour ago', ({ now }) => ({ iat: now - 3_700, exp: now + 100 })],
  ['without an end', () => ({ exp: undefined })],
  ['without a beginning', () => ({ iat: undefined })],
  ['of another audience', () => ({ aud: 'https://other.example' })],
  ['of other audiences', () => ({ aud: ['https://other.example', `${AUDIENCE}/`] })],
  ['of no audience', () => ({ aud: undefined })],
  ['of an empty audience', () => ({ aud: [] })],
  ['of another issuer', () => ({ iss: 'https://other.example' })],
  ['of an issuer with a slash more', ({ server }) => ({ iss: `${server.issuer.issuer}/` })],
  ['of an issuer in capitals', ({ server }) => ({ iss: server.issuer.issuer.toUpperCase() })],
  ['of no issuer', () => ({ iss: undefined })],
  ['of the trap', ({ trap }) => ({ iss: trap })],
  ['of no client', () => ({ client_id: undefined })],
  ['of an empty client', () => ({ client_id: '' })],
  ['of a client with a line break', () => ({ client_id: 'a\nb' })],
  ['of a client of 129 characters', () => ({ client_id: 'a'.repeat(129) })],
  ['of a client that is a list', () => ({ client_id: [CLIENT] })],
  ['of no organisation', () => ({ organisation: undefined })],
  ['of an organisation that the issuer may not name', () => ({ organisation: 'clinic-z' })],
  ['of the organisation of no one', () => ({ organisation: 'service' })],
  ['of two organisations', () => ({ organisation: [ORGANISATION, 'clinic-b'] })],
];

const wrongHeaders = (claims: Claims, { ec, rsa }: TokenServer['keys']): readonly Promise<Forged>[] => {
  const of = async (
    what: string,
    pair: KeyPair,
    header: Readonly<Record<string, unknown>>,
  ): Promise<Forged> => ({ what, token: await sign(claims, pair, header) });
  return [
    of('of type JWT', ec, { typ: 'JWT' }),
    of('of no type', ec, { typ: undefined }),
    of('of a type of its own', ec, { typ: 'logout+jwt' }),
    of('under the id of another key', ec, { kid: 'rsa-1' }),
    of(
      'by an algorithm of the key that is not taken',
      { ...rsa, secret: { ...rsa.secret, alg: 'PS256' } },
      {},
    ),
    of('by a longer hash of the key', { ...rsa, secret: { ...rsa.secret, alg: 'RS512' } }, {}),
  ];
};

const lastOf = (text: string): string => text.slice(text.lastIndexOf('.') + 1);

/** Genuine but for what it says must be understood: no library signs such a head. */
const critical = (claims: Claims, { ec }: TokenServer['keys']): readonly Forged[] =>
  [{ crit: ['exp'], exp: 1 }, { crit: ['x'], x: 1 }, { crit: [] }, { crit: ['b64'], b64: false }].map(
    (header) => {
      const head = { alg: 'ES256', typ: 'at+jwt', kid: 'ec-1', ...header };
      const text = headed(head, claims).slice(0, -1);
      const key = {
        key: ec.secret as Record<string, string>,
        format: 'jwk',
        dsaEncoding: 'ieee-p1363',
      } as const;
      const signature = signBytes('sha256', Buffer.from(text), key).toString('base64url');
      return { what: `with ${JSON.stringify(header)}`, token: `${text}.${signature}` };
    },
  );

/** Every kind of token that must let nobody in. */
export const forgedTokens = async (forge: Forge): Promise<readonly Forged[]> => {
  const { keys } = forge.server;
  const claims = goodClaims(forge);
  const good = await sign(claims, keys.ec);
  const wrong = WRONG.map(async ([what, change]) => ({
    what,
    token: await sign({ ...claims, ...change(forge) }, keys.ec),
  }));
  return [
    ...unsigned(claims),
    ...shared(claims, [keys.ec, keys.rsa]),
    ...(await strangers(claims, forge)),
    ...flipped(good),
    ...cut(good),
    ...(await Promise.all([...wrong, ...wrongHeaders(claims, keys)])),
    ...critical(claims, keys),
    {
      what: 'with the signature of another token',
      token: `${good.slice(0, good.lastIndexOf('.'))}.${lastOf(await sign({ ...claims, jti: 'two' }, keys.ec))}`,
    },
  ];
};

/** A key of RSA that is too short to be trusted, with a token that it signed rightly. */
export const weakKey = (claims: Claims): { readonly jwk: object; readonly token: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const text = headed({ alg: 'RS256', typ: 'at+jwt', kid: 'weak' }, claims).slice(0, -1);
  return {
    jwk: { ...publicKey.export({ format: 'jwk' }), kid: 'weak', alg: 'RS256', use: 'sig' },
    token: `${text}.${signBytes('sha256', Buffer.from(text), privateKey).toString('base64url')}`,
  };
};
