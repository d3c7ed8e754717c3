import type { FastifyInstance } from 'fastify';
import { writeLifecycle, writeListedSet, writeVersionBody } from '../../formats/rule-sets/write-rule-set.js';
import { listRuleSets } from '../../services/rule-sets.js';
import type { AppContext } from '../app-context.js';
import { documented } from '../openapi/operation.js';
import { Problem } from '../problem.js';
import { FIND_VERSION, LIST_RULE_SETS, LIST_VERSIONS } from './rules-operations.js';
import { sendFresh } from './send-fresh.js';

type SetParams = { Params: { set: string } };

type VersionParams = { Params: { set: string; version: string } };

/** `GET /rules`, `GET /rules/{set}/versions` and `GET /rules/{set}/versions/{v}`: what the service screens by. */
export const rulesRoutes = (app: FastifyInstance, { rulebooks }: AppContext): void => {
  app.get('/rules', { schema: documented(LIST_RULE_SETS) }, async (_request, reply) => {
    const book = await rulebooks.latest();
    return sendFresh(reply, { items: listRuleSets(book).map((set) => writeListedSet(set, book)) });
  });

  app.get<SetParams>(
    '/rules/:set/versions',
    { schema: documented(LIST_VERSIONS) },
    async (request, reply) => {
      const book = await rulebooks.latest();
      const set = listRuleSets(book).find(({ id }) => id === request.params.set);
      if (set === undefined) throw new Problem('not-found');
      return sendFresh(reply, {
        items: set.versions.map((version) => writeLifecycle(version, book.lifecycleOf(version))),
      });
    },
  );

  app.get<VersionParams>(
    '/rules/:set/versions/:version',
    { schema: documented(FIND_VERSION) },
    async (request, reply) => {
      const { set, version } = request.params;
      const book = await rulebooks.latest();
      const found = book.find(set, version);
      if (found === null) throw new Problem('not-found');
      return sendFresh(reply, writeVersionBody(found, book.lifecycleOf(found)));
    },
  );
};
