import { bodyHashOf } from '../log/body-hash.js';
import type { IdempotencyKey } from '../log/entry.js';
import type { JsonValue } from '../values/json.js';
import { success, type Result } from '../values/result.js';
import { partOf } from './entries.js';
import type { OnceOnly } from './idempotency.js';

/** An entry that is durable, with the answer as it was stored and must be sent. */
export type Answered = { readonly id: string; readonly answer: string };

/** Who asks for what, by which path, and under which idempotency key, if any. */
export type Request = {
  readonly organisation: string;
  readonly client: string;
  readonly path: string;
  readonly key: string | null;
  readonly body: JsonValue;
  /** Which part of the entry the request is answered with; `answer` where it is left out. */
  readonly part?: string;
};

/** What an entry is to be recorded with: the client that asked for it, and its key, so that a repeated request finds it. */
export type Recorded = { readonly client: string; readonly idempotency?: IdempotencyKey };

/** What a request is answered with where nothing need have been stored. */
export type AnswerGiven = Omit<Answered, 'id'>;

/** An answer that may have been given before: `repeated` says so. Or why a key cannot be honoured. */
export type AnsweredOnce<T extends AnswerGiven = Answered> =
  | { readonly kind: 'answered'; readonly result: Result<T | Answered>; readonly repeated: boolean }
  | { readonly kind: 'other-body' }
  | { readonly kind: 'still-running' };

const keyOf = (request: Request, key: string): IdempotencyKey => ({
  organisation: request.organisation,
  client: request.client,
  path: request.path,
  key,
  bodyHash: bodyHashOf(request.body),
});

/**
 * Answers a request that stores, once only for an idempotency key: a repeated request gets the answer that was stored for the first one.
 * @param run stores one entry with the part that the request is answered with, recorded as it is told, and answers with it; where it fails it has stored nothing. Where it
 *            answers without storing anything, a repeated request runs anew
 * @throws LogUnavailableError where the entry could not be made durable
 */
export const answerOnce = async <T extends AnswerGiven = Answered>(
  request: Request,
  once: OnceOnly,
  run: (recorded: Recorded) => Promise<Result<T>>,
): Promise<AnsweredOnce<T>> => {
  const { client } = request;
  if (request.key === null) return { kind: 'answered', result: await run({ client }), repeated: false };
  const idempotency = keyOf(request, request.key);
  const outcome = await once(idempotency, () => run({ client, idempotency }));
  if (outcome.kind === 'first') return { kind: 'answered', result: outcome.value, repeated: false };
  if (outcome.kind !== 'repeated') return outcome;
  const { entry } = outcome.stored;
  return {
    kind: 'answered',
    result: success({ id: entry.id, answer: partOf(entry, request.part ?? 'answer') }),
    repeated: true,
  };
};
