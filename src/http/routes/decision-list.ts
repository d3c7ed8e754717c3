import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  LIST_PARAMETERS,
  PAGE_PARAMETERS,
  readDecisionList,
  readDecisionSearch,
  type DecisionListQuery,
} from '../../formats/audit/read-decision-list.js';
import { writeDecisionList } from '../../formats/audit/write-decision-list.js';
import { listDecisions } from '../../services/list-decisions.js';
import type { AppContext } from '../app-context.js';
import { recordRead } from '../../services/record-read.js';
import { documented } from '../openapi/operation.js';
import { principalOf } from '../principal.js';
import { Problem } from '../problem.js';
import { readQuery } from '../query.js';
import { bodyOf, type WithBody } from '../request-body.js';
import { LIST_DECISIONS, SEARCH_DECISIONS } from './decision-list-operations.js';

type Asked = { readonly request: FastifyRequest; readonly reply: FastifyReply };

type Page = {
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly asked: DecisionListQuery;
  readonly subject: string | null;
  /** The path of the list, without its query. */
  readonly path: string;
};

const askedIn = (query: Page['query']): DecisionListQuery => {
  const asked = readDecisionList(query);
  if (!asked.ok) throw new Problem('invalid-query', asked.issues);
  return asked.value;
};

const linkTo = ({ path, query }: Page, next: number): string => {
  const said = Object.entries(query).flatMap(([name, value]): readonly [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const parameters = new URLSearchParams([
    ...said.filter(([name]) => name !== 'after'),
    ['after', String(next)],
  ]);
  return `<${path}?${parameters.toString()}>; rel="next"`;
};

const sendPage = async (
  { request, reply }: Asked,
  page: Page,
  { ports }: AppContext,
): Promise<FastifyReply> => {
  const { asked, subject } = page;
  const principal = principalOf(request);
  const { organisation } = principal;
  // Another organisation is told like one that has no decisions: nobody learns here whether there is such a one.
  if (asked.organisation !== null && asked.organisation !== organisation)
    return reply.send(writeDecisionList([]));
  const { items, next } = await listDecisions({ ...asked, organisation, subject }, ports);
  const { operationId: operation } = subject === null ? LIST_DECISIONS : SEARCH_DECISIONS;
  await recordRead({ principal, operation, told: { ids: items.map(({ id }) => id) } }, ports);
  if (next !== null) reply.header('link', linkTo(page, next));
  return reply.send(writeDecisionList(items));
};

/** `GET /decisions` and `POST /decisions/search`: which decisions there are, page by page in the order of the log. */
export const decisionListRoutes = (app: FastifyInstance, context: AppContext): void => {
  app.get('/decisions', { schema: documented(LIST_DECISIONS) }, (request, reply) => {
    const query = readQuery(request.query, LIST_PARAMETERS);
    return sendPage(
      { request, reply },
      { path: '/decisions', query, asked: askedIn(query), subject: null },
      context,
    );
  });

  app.post<WithBody>('/decisions/search', { schema: documented(SEARCH_DECISIONS) }, (request, reply) => {
    const query = readQuery(request.query, PAGE_PARAMETERS);
    const search = readDecisionSearch(bodyOf(request));
    if (!search.ok) throw new Problem('invalid-search', search.issues);
    const page = { path: '/decisions/search', query, asked: askedIn(query), subject: search.value.subject };
    return sendPage({ request, reply }, page, context);
  });
};
