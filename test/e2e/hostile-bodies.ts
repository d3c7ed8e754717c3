import { rawRequest } from '../support/raw-http.js';

/** A value that stands for a patient's data: it must never come back in an error, nor appear in the log. */
export const CANARY = 'canary-7f3a9c';

/** A hostile request, with a name, and whether it could be a good one after all (then 200 is right too). */
export type Hostile = { readonly name: string; readonly bytes: Buffer; readonly mayPass?: boolean };

const JSON_TYPE = 'Content-Type: application/json';
const POST = 'POST /screen HTTP/1.1';

const post = (name: string, body: string | Buffer, headers: readonly string[] = [JSON_TYPE]): Hostile => ({
  name,
  bytes: rawRequest(POST, headers, body),
});

const nested = (open: string, close: string, depth: number): string =>
  open.repeat(depth) + close.repeat(depth);

const texts: readonly (readonly [string, string])[] = [
  ['empty', ''],
  ['white space', ' \n\t'],
  ['a byte order mark', '\ufeff{"facts":{}}'],
  ['truncated', '{"facts":{"age":5'],
  ['two values', '{}{}'],
  ['a trailing comma', '{"facts":{},}'],
  ['single quotes', "{'facts':{}}"],
  ['a comment', '{"facts":{}/**/}'],
  ['NaN', '{"facts":{"age":NaN}}'],
  ['Infinity', '{"facts":{"age":Infinity}}'],
  ['1e400', '{"facts":{"age":1e400}}'],
  ['-1e400', '{"facts":{"age":-1e400}}'],
  ['a leading zero', '{"facts":{"age":054}}'],
  ['hexadecimal', '{"facts":{"age":0x36}}'],
  ['a plus sign', '{"facts":{"age":+54}}'],
  ['a key twice', `{"facts":{"age":54,"age":"${CANARY}"}}`],
  ['a key twice in escapes', '{"facts":{"age":54,"\\u0061ge":55}}'],
  ['__proto__', '{"facts":{"__proto__":{"age":54}}}'],
  ['__proto__ at the top', '{"__proto__":{"facts":{}}}'],
  ['constructor', '{"facts":{"constructor":{"prototype":{}}}}'],
  ['a lone surrogate', '{"subject":"\\ud800","facts":{}}'],
  ['a lone surrogate as key', '{"facts":{"\\udc00":1}}'],
  ['a NUL in a string', '{"subject":"a\u0000b","facts":{}}'],
  ['deep arrays', `{"facts":{"age":${nested('[', ']', 10_000)}}}`],
  ['deep objects', `{"facts":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`],
  ['very deep and open', '['.repeat(100_000)],
  ['20,000 keys', `{"facts":{${Array.from({ length: 20_000 }, (_, i) => `"k${String(i)}":1`).join(',')}}}`],
  ['a number of 100,000 digits', `{"facts":{"age":${'9'.repeat(100_000)}}}`],
  ['a key of 100,000 characters', `{"facts":{"${'k'.repeat(100_000)}":1}}`],
  ['null', 'null'],
  ['an array', '[]'],
  ['a string', `"${CANARY}"`],
  ['a number', '42'],
  ['true', 'true'],
  ['facts as an array', '{"facts":[]}'],
  ['facts as null', '{"facts":null}'],
  ['text for a number', `{"facts":{"age":"${CANARY}"}}`],
  ['a number in a list', '{"facts":{"age":[54]}}'],
  ['"true" for true', '{"facts":{"activePsychosis":"true"}}'],
  ['1 for true', '{"facts":{"activePsychosis":1}}'],
  ['an unknown fact', `{"facts":{"${CANARY}":true}}`],
  ['an unknown key', `{"fact":{"age":"${CANARY}"}}`],
  ['a subject of 10,000 characters', `{"subject":"${'s'.repeat(10_000)}","facts":{}}`],
  ['asOf in the year 275760', '{"asOf":"+275760-09-13T00:00:00Z","facts":{}}'],
  ['asOf without an offset', '{"asOf":"2026-11-22T09:30:00","facts":{}}'],
  ['asOf on 30 February', '{"asOf":"2026-02-30T09:30:00Z","facts":{}}'],
  ['a rule set by path', '{"ruleSet":"../../etc/passwd","facts":{}}'],
  ['SQL in an id', `{"supersedes":"' OR 1=1 --","facts":{}}`],
];

const bytes: readonly (readonly [string, Buffer])[] = [
  ['a stray continuation byte', Buffer.from([0x7b, 0x22, 0x80, 0x22, 0x3a, 0x31, 0x7d])],
  ['an overlong encoding', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
  ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ['a cut sequence', Buffer.from([0x22, 0xe2, 0x82, 0x22])],
  ['UTF-16', Buffer.from('\ufeff{"facts":{}}', 'utf16le')],
  ['Latin-1', Buffer.from('{"subject":"M\u00fcller","facts":{}}', 'latin1')],
  ['300 KiB', Buffer.from(`{"subject":"${'x'.repeat(300 * 1024)}"}`)],
  ['random bytes', Buffer.from(Array.from({ length: 2_000 }, (_, i) => (i * 7919 + 13) % 256))],
];

const types: readonly (readonly [string, readonly string[]])[] = [
  ['no content type', []],
  ['text/plain', ['Content-Type: text/plain']],
  ['a form', ['Content-Type: application/x-www-form-urlencoded']],
  ['multipart', ['Content-Type: multipart/form-data; boundary=x']],
  ['a tab behind the type', ['Content-Type: application/json\t; charset=utf-8 x']],
  ['JSON with a suffix', ['Content-Type: application/jsonx']],
  ['another JSON type', ['Content-Type: application/vnd.api+json']],
  ['two types', ['Content-Type: text/plain, application/json']],
  ['an empty type', ['Content-Type: ']],
  ['gzip', [JSON_TYPE, 'Content-Encoding: gzip']],
];

const GOOD = '{"facts":{"activePsychosis":true}}';

const wire: readonly Hostile[] = [
  { name: 'no request at all', bytes: Buffer.from('\r\n\r\n\r\n') },
  { name: 'garbage', bytes: Buffer.from('\u0001\u0002\u0003 garbage\r\n\r\n') },
  { name: 'HTTP/9.9', bytes: Buffer.from('GET /rules HTTP/9.9\r\nHost: x\r\n\r\n') },
  { name: 'no host', bytes: Buffer.from('GET /rules HTTP/1.1\r\n\r\n') },
  { name: 'a bad escape in the path', bytes: rawRequest('GET /decisions/%zz HTTP/1.1') },
  { name: 'a path out of the tree', bytes: rawRequest('GET /../../etc/passwd HTTP/1.1') },
  { name: 'a path of 20,000 characters', bytes: rawRequest(`GET /${'a'.repeat(20_000)} HTTP/1.1`) },
  { name: 'a header of 20 kB', bytes: rawRequest('GET /rules HTTP/1.1', [`X-Long: ${'h'.repeat(20_000)}`]) },
  {
    name: '5,000 headers',
    bytes: rawRequest(
      'GET /rules HTTP/1.1',
      Array.from({ length: 5_000 }, (_, i) => `X-${String(i)}: 1`),
    ),
  },
  { name: 'a header with a NUL', bytes: rawRequest('GET /rules HTTP/1.1', ['X-Nul: a\u0000b']) },
  {
    name: 'two lengths',
    bytes: rawRequest(POST, [JSON_TYPE, 'Content-Length: 5', `Content-Length: ${String(GOOD.length)}`], GOOD),
  },
  {
    name: 'a length and chunks',
    bytes: rawRequest(
      POST,
      [JSON_TYPE, 'Content-Length: 4', 'Transfer-Encoding: chunked'],
      '0\r\n\r\nGET / HTTP/1.1',
    ),
  },
  { name: 'a negative length', bytes: rawRequest(POST, [JSON_TYPE, 'Content-Length: -1'], GOOD) },
  { name: 'a length of 1e9', bytes: rawRequest(POST, [JSON_TYPE, 'Content-Length: 1000000000'], GOOD) },
  {
    name: 'a bad chunk',
    bytes: rawRequest(POST, [JSON_TYPE, 'Transfer-Encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n'),
  },
  {
    name: 'an unknown transfer encoding',
    bytes: rawRequest(POST, [JSON_TYPE, 'Transfer-Encoding: identity, gzip'], GOOD),
  },
  { name: 'TRACE', bytes: rawRequest('TRACE /screen HTTP/1.1') },
  { name: 'CONNECT', bytes: rawRequest('CONNECT example.org:443 HTTP/1.1') },
  { name: 'an unknown method', bytes: rawRequest('BREW /screen HTTP/1.1') },
  {
    name: 'an idempotency key of 1,000 characters',
    bytes: rawRequest(POST, [JSON_TYPE, `Idempotency-Key: ${'k'.repeat(1_000)}`], GOOD),
  },
  {
    name: 'two idempotency keys',
    bytes: rawRequest(POST, [JSON_TYPE, 'Idempotency-Key: a', 'Idempotency-Key: b'], '{"facts":[]}'),
  },
  { name: 'a query twice', bytes: rawRequest('GET /intake/schema?version=1&version=2 HTTP/1.1') },
  { name: 'a query like a prototype', bytes: rawRequest('GET /intake/schema?__proto__=x HTTP/1.1') },
];

/** Hostile requests that are written down one by one. */
export const written: readonly Hostile[] = [
  ...texts.map(([name, body]) => post(name, body)),
  ...bytes.map(([name, body]) => post(name, body)),
  ...types.map(([name, headers]) => post(name, GOOD, headers)),
  ...wire,
];
