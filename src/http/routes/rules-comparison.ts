import type { FastifyInstance } from 'fastify';
import { writeDifference } from '../../formats/rule-sets/write-difference.js';
import { writeRuleHistory } from '../../formats/rule-sets/write-rule-history.js';
import { compareVersions, findRuleHistory } from '../../services/compare-rule-sets.js';
import type { AppContext } from '../app-context.js';
import { documented } from '../openapi/operation.js';
import { Problem } from '../problem.js';
import { COMPARE_VERSIONS, RULE_HISTORY } from './rules-comparison-operations.js';
import { sendFresh } from './send-fresh.js';

type PairParams = { Params: { set: string; from: string; to: string } };

type RuleParams = { Params: { set: string; ruleId: string } };

/** `GET /rules/{set}/versions/{from}/diff/{to}` and `GET /rules/{set}/rules/{ruleId}/history`: what changed, and when. */
export const rulesComparisonRoutes = (app: FastifyInstance, { rulebooks }: AppContext): void => {
  app.get<PairParams>(
    '/rules/:set/versions/:from/diff/:to',
    { schema: documented(COMPARE_VERSIONS) },
    async ({ params }, reply) => {
      const compared = compareVersions(await rulebooks.latest(), params);
      if (compared === null) throw new Problem('not-found');
      return sendFresh(reply, writeDifference(compared));
    },
  );

  app.get<RuleParams>(
    '/rules/:set/rules/:ruleId/history',
    { schema: documented(RULE_HISTORY) },
    async ({ params }, reply) => {
      const asked = { set: params.set, rule: params.ruleId };
      const steps = findRuleHistory(await rulebooks.latest(), asked);
      if (steps === null) throw new Problem('not-found');
      return sendFresh(reply, writeRuleHistory(asked, steps));
    },
  );
};
