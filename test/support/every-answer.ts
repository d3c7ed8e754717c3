import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { patternOf } from './api-description.js';
import { faultsOfAnswer, type AnswerGot } from './checked-answers.js';

/** The pages of the API reference are made for people, and described nowhere; nor is what an issuer of tokens or the FHIR server of an EHR answers. */
const isElsewhere = (path: string): boolean => /^\/(?:docs|jwks|r4)(?:[/?]|$)/.test(path);

/** What a browser asks on behalf of a page belongs to its protocol (CORS), and to no path. */
const isPreflight = ({ method, status }: AnswerGot): boolean => method === 'OPTIONS' && status === 204;

const faultsOf = (answer: AnswerGot, path: string): readonly string[] =>
  isElsewhere(path) || isPreflight(answer)
    ? []
    : faultsOfAnswer(answer).map((fault) => `${answer.method} ${path} ${String(answer.status)}: ${fault}`);

/** Fetches, and checks the answer against the API description. @throws Error with all that is wrong with it */
export const checkedFetch = async (
  plainFetch: typeof fetch,
  ...[input, init]: Parameters<typeof fetch>
): Promise<Response> => {
  const { method, url } = input instanceof Request ? input : new Request(input, { ...init, body: null });
  const { pathname, search } = new URL(url);
  // Not read here: whoever asks may stop in the middle of what is sent.
  if (isElsewhere(pathname)) return plainFetch(input, init);
  const response = await plainFetch(input, init);
  const { status, headers } = response;
  const body = await response.clone().text();
  const faults = faultsOf({ method, path: patternOf(pathname), status, headers, body }, pathname + search);
  if (faults.length > 0) throw new Error(`not what the API description allows:\n${faults.join('\n')}`);
  return response;
};

type Recorded = { readonly chunks: Buffer[]; headers: OutgoingHttpHeaders };

const isBytes = (chunk: unknown): chunk is string | Uint8Array =>
  typeof chunk === 'string' || chunk instanceof Uint8Array;

/** Records what is sent: its head, which may never be set as headers, and its body. */
const recordOf = (response: ServerResponse): Recorded => {
  const recorded: Recorded = { chunks: [], headers: {} };
  const keep = (chunk: unknown): void => {
    if (isBytes(chunk)) recorded.chunks.push(Buffer.from(chunk));
  };
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  const writeHead = response.writeHead.bind(response);
  response.write = ((...given: Parameters<typeof write>) => {
    keep(given[0]);
    return write(...given);
  }) as typeof write;
  response.end = ((...given: Parameters<typeof end>) => {
    keep(given[0]);
    return end(...given);
  }) as typeof end;
  response.writeHead = ((...given: Parameters<typeof writeHead>) => {
    const headers: unknown = given.at(-1);
    if (typeof headers === 'object' && headers !== null) recorded.headers = headers as OutgoingHttpHeaders;
    return writeHead(...given);
  }) as typeof writeHead;
  return recorded;
};

const textHeaders = (headers: OutgoingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')] as const],
    ),
  );

const answerOf = (request: IncomingMessage, response: ServerResponse, recorded: Recorded): AnswerGot => ({
  method: request.method ?? '',
  path: patternOf(request.url ?? ''),
  status: response.statusCode,
  headers: textHeaders({ ...response.getHeaders(), ...recorded.headers }),
  body: request.method === 'HEAD' ? '' : Buffer.concat(recorded.chunks).toString(),
});

/** Checks every answer that a server of this test gives against the API description. What is wrong fails the test when it ends. */
export const checkEveryAnswer = (server: Server): void => {
  const faults: string[] = [];
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const recorded = recordOf(response);
    response.once('finish', () => {
      faults.push(...faultsOf(answerOf(request, response, recorded), request.url ?? ''));
    });
  });
  onTestFinished(() => {
    if (faults.length > 0) throw new Error(`not what the API description allows:\n${faults.join('\n')}`);
  });
};
