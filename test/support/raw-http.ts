import { connect } from 'node:net';

/** What came back on a raw connection: the status and the body, or `closed` where the service said nothing and closed. */
export type RawAnswer = {
  readonly status: number | 'closed' | 'hung';
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly ms: number;
};

/** How long a raw request may go unanswered before it counts as hung, in milliseconds. */
const HANG_MS = 15_000;

const HEAD_END = '\r\n\r\n';

/** A body in chunks without their lengths. The lengths count bytes, so it is read as bytes. */
const unchunked = (text: string): string => {
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf('\r\n', at);
    const length = Number.parseInt(bytes.subarray(at, end).toString(), 16);
    if (!(length > 0)) break;
    parts.push(bytes.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
  return Buffer.concat(parts).toString();
};

const bodyIn = (head: string, text: string): string =>
  /^transfer-encoding: *chunked/im.test(head) ? unchunked(text) : text;

/** One answer as it came on a raw connection. */
export const parseRaw = (text: string, ms: number): RawAnswer => {
  const head = text.slice(0, Math.max(0, text.indexOf(HEAD_END)));
  const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
  return {
    status: status === undefined ? 'closed' : Number(status),
    headers: Object.fromEntries(
      [...head.matchAll(/^([\w-]+): *([^\r\n]*)/gm)].map(([, name = '', value = '']) => [
        name.toLowerCase(),
        value,
      ]),
    ),
    contentType: /^content-type: *([^\r\n;]+)/im.exec(head)?.[1] ?? '',
    body: bodyIn(head, text.slice(text.indexOf(HEAD_END) + HEAD_END.length)),
    ms,
  };
};

/** An answer to HEAD ends with its head, whatever length it names; any other where its length or its last chunk says so. */
const isWhole = (text: string, toHead: boolean): boolean => {
  const end = text.indexOf(HEAD_END);
  if (end < 0) return false;
  const [head, body] = [text.slice(0, end), text.slice(end + HEAD_END.length)];
  if (toHead || /^HTTP\/1\.1 (?:204|304) /.test(head)) return true;
  if (/^transfer-encoding: *chunked/im.test(head)) return body.endsWith('0\r\n\r\n');
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  return length !== undefined && Buffer.byteLength(body) >= Number(length);
};

/** Sends bytes as they are on a connection of their own, and reads one answer. */
export const sendRaw = (url: URL, bytes: Buffer): Promise<RawAnswer> =>
  new Promise((resolve) => {
    const begun = performance.now();
    const toHead = bytes.subarray(0, 5).toString() === 'HEAD ';
    let text = '';
    const finish = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(parseRaw(text, performance.now() - begun));
    };
    const socket = connect(Number(url.port), url.hostname, () => {
      socket.write(bytes);
    });
    const timer = setTimeout(() => {
      socket.destroy();
      resolve({ status: 'hung', contentType: '', headers: {}, body: text, ms: HANG_MS });
    }, HANG_MS);
    // A character may come in two pieces.
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (isWhole(text, toHead)) finish();
    });
    socket.on('close', finish);
    socket.on('error', finish);
  });

/** A request as bytes: the length is given unless a header says otherwise. */
export const rawRequest = (
  line: string,
  headers: readonly string[] = [],
  body: string | Buffer = '',
): Buffer => {
  const payload = Buffer.isBuffer(body) ? body : Buffer.from(body);
  const sized = headers.some((header) => /^(content-length|transfer-encoding)/i.test(header))
    ? []
    : [`Content-Length: ${String(payload.length)}`];
  return Buffer.concat([
    Buffer.from([line, 'Host: service', ...headers, ...sized, '', ''].join('\r\n')),
    payload,
  ]);
};
