import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteGenericInterface } from 'fastify';
import { isBlank, linesOf, type Line } from '../../formats/ndjson/lines.js';
import { inOrder } from '../../services/in-order.js';
import type { JsonValue } from '../../values/json.js';
import { readJson } from '../../values/read-json.js';
import { problemOf } from '../answer-errors.js';
import type { AppContext } from '../app-context.js';
import { whoAsks } from '../asked-once.js';
import { bodyUntil } from '../body-until.js';
import { readIdempotencyKey } from '../idempotency-key.js';
import { NDJSON, type Media } from '../media-types.js';
import { documented } from '../openapi/operation.js';
import { Problem, PROBLEMS, problemText } from '../problem.js';
import { readIntake } from '../../formats/intake/read-intake.js';
import { screenRequest } from '../screen-request.js';
import { BODY_LIMIT } from '../strict-json.js';
import { SCREEN_BATCH } from './batch-operation.js';

const PATH = '/screen/batch';

/** How many lines are screened at once: they share the commits of the log. */
const AT_ONCE = 32;

/** What became of a line, as it is sent, and the problem that it was refused with, if any. */
type LineAnswer = { readonly text: string; readonly refused: Problem | null };

type Tally = { readonly screened: number; readonly refused: number; readonly last: Problem | null };

const receivedIn = ({ bytes }: Line): JsonValue => {
  if (bytes === null) throw new Problem('too-large');
  const json = readJson(bytes);
  if (!json.ok) throw new Problem('malformed-body', json.issues);
  return json.value;
};

/** Problems that the next line would meet as well: then no more is read. */
const endsBatch = ({ refused }: LineAnswer): boolean =>
  refused !== null && PROBLEMS[refused.type].status >= 500;

const refusal = (line: number, problem: Problem, requestId: string): LineAnswer => {
  const told = problemText(problem.type, requestId, problem);
  const { status } = PROBLEMS[problem.type];
  return {
    text: `{"line":${String(line)},"status":${String(status)},"problem":${told}}\n`,
    refused: problem,
  };
};

/** Each line has a key of its own under that of the batch, so that a batch which was cut can be sent again. */
const keyOf = (key: string | null, { number }: Line): string | null =>
  key === null ? null : `${key} ${String(number)}`;

const lineScreener =
  (request: FastifyRequest, key: string | null, context: AppContext) =>
  async (line: Line): Promise<LineAnswer> => {
    try {
      if (context.stopping.aborted) throw new Problem('stopping');
      const body = receivedIn(line);
      const asked = {
        ...whoAsks(request),
        path: PATH,
        key: keyOf(key, line),
        body,
      };
      const { answer, repeated } = await screenRequest(asked, readIntake(body), context);
      const told = repeated ? ',"repeated":true' : '';
      return {
        text: `{"line":${String(line.number)},"status":200${told},"answer":${answer}}\n`,
        refused: null,
      };
    } catch (error) {
      return refusal(line.number, problemOf(error, request.id, context), request.id);
    }
  };

/** The last line of every answer: an answer without it was cut, and what is missing from it is not known to be screened. */
const endOf = ({ screened, refused, last }: Tally): string =>
  `${JSON.stringify({ end: true, complete: last === null, screened, refused })}\n`;

async function* notBlank(lines: AsyncIterable<Line>): AsyncGenerator<Line, void, void> {
  for await (const line of lines) if (!isBlank(line)) yield line;
}

async function* answersTo(
  lines: AsyncIterable<Line>,
  run: (line: Line) => Promise<LineAnswer>,
): AsyncGenerator<string, void, void> {
  let tally: Tally = { screened: 0, refused: 0, last: null };
  for await (const answer of inOrder(notBlank(lines), { limit: AT_ONCE, run, isLast: endsBatch })) {
    const { screened, refused, last } = tally;
    tally =
      answer.refused === null
        ? { screened: screened + 1, refused, last }
        : { screened, refused: refused + 1, last: endsBatch(answer) ? answer.refused : last };
    yield answer.text;
  }
  yield endOf(tally);
}

const batchHandler =
  (context: AppContext) =>
  (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (context.stopping.aborted) throw new Problem('stopping');
    const key = readIdempotencyKey(request.headers['idempotency-key']);
    const body = bodyUntil(request.raw, context.stopping);
    const answers = answersTo(linesOf(body, BODY_LIMIT), lineScreener(request, key, context));
    return reply.header('connection', 'close').type(NDJSON).send(Readable.from(answers));
  };

/** `POST /screen/batch`: an intake a line, an answer a line, in the order of the lines and as soon as each is durable. */
export const batchRoutes = (app: FastifyInstance, context: AppContext): void => {
  const config: Media = { takes: ['ndjson'], sends: [NDJSON, 'application/problem+json'] };
  app.post<RouteGenericInterface, Media>(
    PATH,
    { schema: documented(SCREEN_BATCH), config },
    batchHandler(context),
  );
};
