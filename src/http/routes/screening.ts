import type { FastifyInstance, FastifyRequest } from 'fastify';
import { FHIR_PARAMETERS, readFhir } from '../../formats/fhir/read-fhir.js';
import { readIntake } from '../../formats/intake/read-intake.js';
import { writeNext } from '../../formats/intake/write-next.js';
import { nextQuestions } from '../../services/next-questions.js';
import type { AppContext } from '../app-context.js';
import { askedOnce, sendAnswered } from '../asked-once.js';
import { sendGuidance } from '../fhir-answer.js';
import { FHIR_JSON, sendsFhir, wantsFhir } from '../fhir-media.js';
import type { Media } from '../media-types.js';
import { documented } from '../openapi/operation.js';
import { Problem } from '../problem.js';
import { readQuery } from '../query.js';
import { bodyOf, type WithBody } from '../request-body.js';
import { screenRequest } from '../screen-request.js';
import { NEXT_QUESTIONS, SCREEN_PATIENT } from './screening-operations.js';

const PATH = '/screen';

type Asked = FastifyRequest<WithBody>;

/** What is asked for under an idempotency key: the query of a request of FHIR is a part of what it says. */
type Read = { readonly intake: ReturnType<typeof readIntake>; readonly asked: ReturnType<typeof askedOnce> };

const readRequest = (request: Asked, { products }: AppContext): Read => {
  const asked = askedOnce(request, PATH);
  if (!sendsFhir(request)) {
    readQuery(request.query, []);
    return { asked, intake: readIntake(asked.body) };
  }
  const query = readQuery(request.query, FHIR_PARAMETERS);
  return {
    asked: { ...asked, body: { resource: asked.body, query } },
    intake: readFhir(asked.body, query, products),
  };
};

const SCREEN_MEDIA: Media = {
  takes: ['json', 'fhir'],
  sends: ['application/json', FHIR_JSON, 'application/problem+json'],
};

/** `POST /screen` and `POST /intake/next`: an intake, and what comes of it. */
export const screeningRoutes = (app: FastifyInstance, context: AppContext): void => {
  app.post<WithBody, Media>(
    PATH,
    { schema: documented(SCREEN_PATIENT), config: SCREEN_MEDIA },
    async (request, reply) => {
      const { asked, intake } = readRequest(request, context);
      const answered = await screenRequest(asked, intake, context);
      reply.header('location', `/decisions/${answered.id}`);
      return wantsFhir(request) ? sendGuidance(reply, answered, context) : sendAnswered(reply, answered);
    },
  );

  app.post<WithBody>('/intake/next', { schema: documented(NEXT_QUESTIONS) }, async (request, reply) => {
    readQuery(request.query, []);
    const next = await nextQuestions(readIntake(bodyOf(request)), context);
    if (!next.ok) throw new Problem('invalid-intake', next.issues);
    return reply.send(writeNext(next.value));
  });
};
