import { Agent, request } from 'node:http';

/** A whole answer, and how long it took; or that none came: the connection broke, or nothing came for too long. */
export type Asked =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly type: string;
      readonly retryAfter: string;
      readonly text: string;
      readonly ms: number;
    }
  | { readonly kind: 'broken' }
  | { readonly kind: 'hung' };

/** How long an answer may take before it counts as a hang, in milliseconds. */
const HANG_MS = 15_000;

/** What is asked: by GET, or by POST where there is a body. */
export type Asking = { readonly url: string; readonly body?: string; readonly agent?: Agent };

/** Asks, and reads the answer to its end. It never rejects. */
export const ask = ({ url, body, agent }: Asking): Promise<Asked> =>
  new Promise((resolve) => {
    const begun = performance.now();
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const method = body === undefined ? 'GET' : 'POST';
    const sent = request(url, { method, headers, ...(agent === undefined ? {} : { agent }) }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        clearTimeout(timer);
        const { 'content-type': type = '', 'retry-after': retryAfter = '' } = response.headers;
        const ms = performance.now() - begun;
        resolve({ kind: 'answer', status: response.statusCode ?? 0, type, retryAfter, text, ms });
      });
      response.on('error', broken);
      response.on('aborted', broken);
    });
    const broken = (): void => {
      clearTimeout(timer);
      resolve({ kind: 'broken' });
    };
    const timer = setTimeout(() => {
      resolve({ kind: 'hung' });
      sent.destroy();
    }, HANG_MS);
    sent.on('error', broken);
    sent.end(body);
  });

/** Connections that are kept, so many at most. */
export const connections = (count: number): Agent => new Agent({ keepAlive: true, maxSockets: count });
