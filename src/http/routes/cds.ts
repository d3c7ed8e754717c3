import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { discoveryOf } from '../../formats/cds/discovery.js';
import { readFeedback } from '../../formats/cds/read-feedback.js';
import { readReportQuery, REPORT_PARAMETERS } from '../../formats/cds/read-report-query.js';
import { HOOK_SERVICES, serviceOf, type HookService } from '../../formats/cds/treatment.js';
import { answerOnce } from '../../services/answer-once.js';
import { recordFeedback } from '../../services/record-feedback.js';
import { reportFeedback } from '../../services/report-feedback.js';
import { defaultInForce } from '../../services/rule-sets.js';
import type { AppContext } from '../app-context.js';
import { answeredOf, askedOnce, sendAnswered } from '../asked-once.js';
import { CDS_PATH } from '../cross-origin.js';
import { hookRequest } from '../hook-request.js';
import { documented } from '../openapi/operation.js';
import { principalOf } from '../principal.js';
import { Problem } from '../problem.js';
import { readQuery } from '../query.js';
import type { WithBody } from '../request-body.js';
import { CALL_HOOK, LIST_CDS_SERVICES, REPORT_FEEDBACK, SEND_FEEDBACK } from './cds-operations.js';
import { sendFresh } from './send-fresh.js';

type WithId = { Params: { id: string } };

/** The greatest size of a call of a hook, in bytes: a prefetch holds a whole record. */
const HOOK_LIMIT = 6 * 1024 * 1024;

/** @throws Problem `not-found` where there is no such service */
const serviceAsked = (request: FastifyRequest<WithId>): HookService => {
  const service = serviceOf(request.params.id);
  if (service === null) throw new Problem('not-found');
  return service;
};

/** Aborted once the connection is closed: then nobody waits for the answer any more. */
const goneOf = ({ raw }: FastifyReply): AbortSignal => {
  const controller = new AbortController();
  raw.once('close', () => {
    controller.abort();
  });
  return controller.signal;
};

const feedbackHandler =
  ({ ports, once }: AppContext) =>
  async (request: FastifyRequest<WithId & WithBody>, reply: FastifyReply): Promise<FastifyReply> => {
    const { id } = serviceAsked(request);
    const asked = askedOnce(request, `${CDS_PATH}/${id}/feedback`);
    const read = readFeedback(asked.body);
    if (!read.ok) throw new Problem('invalid-feedback', read.issues);
    const { organisation } = asked;
    const outcome = await answerOnce(asked, once, (recorded) =>
      recordFeedback(read.value, { ports, organisation, service: id, ...recorded }),
    );
    return sendAnswered(reply, answeredOf(outcome, 'invalid-feedback'));
  };

/** `GET /cds-services`: which hooks are answered. */
export const discoveryRoutes = (app: FastifyInstance, { rulebooks }: AppContext): void => {
  app.get(CDS_PATH, { schema: documented(LIST_CDS_SERVICES) }, async (_request, reply) =>
    sendFresh(reply, discoveryOf(defaultInForce(await rulebooks.latest())?.body ?? null)),
  );
};

/** `POST /cds-services/{id}` and `POST …/feedback`: a call of a hook, and what became of its cards. */
export const cdsRoutes = (app: FastifyInstance, context: AppContext): void => {
  app.post<WithId & WithBody>(
    `${CDS_PATH}/:id`,
    { schema: documented(CALL_HOOK), bodyLimit: HOOK_LIMIT },
    async (request, reply) => {
      const service = serviceAsked(request);
      const asked = askedOnce(request, `${CDS_PATH}/${service.id}`);
      const asking = { asked, service, requestId: request.id, gone: goneOf(reply) };
      return sendAnswered(reply, await hookRequest(asking, context));
    },
  );

  app.post<WithId & WithBody>(
    `${CDS_PATH}/:id/feedback`,
    { schema: documented(SEND_FEEDBACK) },
    feedbackHandler(context),
  );
};

/** `GET /audit/feedback`: what clinicians made of cards. */
export const feedbackReportRoutes = (app: FastifyInstance, { ports }: AppContext): void => {
  app.get('/audit/feedback', { schema: documented(REPORT_FEEDBACK) }, async (request, reply) => {
    const span = readReportQuery(readQuery(request.query, REPORT_PARAMETERS));
    if (!span.ok) throw new Problem('invalid-query', span.issues);
    const { organisation } = principalOf(request);
    const services = HOOK_SERVICES.map(({ id }) => id);
    return reply.send(await reportFeedback({ organisation, services, ...span.value }, ports));
  });
};
