import { z } from 'zod';
import { ruleSetIdSchema, versionSchema } from '../../rules/rule-set-schema.js';
import type { Verdict } from '../../screening/decide.js';
import type { DecisionFilter } from '../../screening/decision-filter.js';
import { CHOICES } from '../../screening/resolution.js';
import { parseInstant } from '../../values/instant.js';
import type { JsonValue } from '../../values/json.js';
import { failure, success, type Result } from '../../values/result.js';
import { ruleIdSchema } from '../intake/reason-schema.js';
import { issuesFrom } from '../zod-issues.js';
import { decisionSearchSchema } from './decision-list-schema.js';

/** Which decisions are asked for, as a query says it. */
export type DecisionListQuery = DecisionFilter;

/** The parameters of a page. */
export const PAGE_PARAMETERS = ['after', 'limit'] as const;

/** The parameters of a list of decisions. */
export const LIST_PARAMETERS = [
  'from',
  'to',
  'organisation',
  'verdict',
  'rule',
  'ruleSet',
  'version',
  'resolution',
  ...PAGE_PARAMETERS,
] as const;

/** How many decisions a page has where none is said, and at most. */
export const PAGE_LIMITS = { usual: 50, most: 200 } as const;

const VERDICTS = ['eligible', 'review', 'incomplete', 'ineligible'] as const satisfies readonly Verdict[];

const COUNT = /^(0|[1-9]\d{0,14})$/;

/** A moment as entries of the log have theirs, so that texts can be compared. */
export const momentSchema = z.string().transform((text, context) => {
  const instant = parseInstant(text);
  if (instant !== null) return new Date(instant.epochMs).toISOString();
  context.addIssue({ code: 'custom', message: 'must be a moment after RFC 3339, with its offset' });
  return z.NEVER;
});

const countSchema = (message: string) => z.string().regex(COUNT, { error: message }).transform(Number);

const LIMIT = `must be a whole number from 1 to ${String(PAGE_LIMITS.most)}`;

const shape = {
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  organisation: z.string().max(128, { error: 'must have at most 128 characters' }).optional(),
  verdict: z.enum(VERDICTS, { error: `must be one of ${VERDICTS.join(', ')}` }).optional(),
  rule: ruleIdSchema.optional(),
  ruleSet: ruleSetIdSchema.optional(),
  version: versionSchema.optional(),
  resolution: z
    .enum(['none', ...CHOICES], { error: `must be one of none, ${CHOICES.join(', ')}` })
    .optional(),
  after: countSchema('must be the position of a decision').default(-1),
  limit: countSchema(LIMIT)
    .refine((limit) => limit >= 1 && limit <= PAGE_LIMITS.most, { error: LIMIT })
    .default(PAGE_LIMITS.usual),
};

const listSchema = z
  .strictObject(shape)
  .refine(({ ruleSet, version }) => (ruleSet === undefined) === (version === undefined), {
    error: 'must be said together with `ruleSet`: a version is one of a rule set',
    path: ['version'],
  });

const versionOf = (id: string | undefined, version: string | undefined): DecisionFilter['ruleSet'] =>
  id === undefined || version === undefined ? null : { id, version };

/** Reads the query of a list of decisions, or every fault in it at once. */
export const readDecisionList = (
  query: Readonly<Record<string, string | undefined>>,
): Result<DecisionListQuery> => {
  const parsed = listSchema.safeParse(query, { reportInput: true });
  if (!parsed.success) return failure(issuesFrom(parsed.error, 'this query'));
  const {
    from = null,
    to = null,
    organisation = null,
    verdict = null,
    rule = null,
    resolution = null,
    after,
    limit,
  } = parsed.data;
  const ruleSet = versionOf(parsed.data.ruleSet, parsed.data.version);
  return success({ organisation, verdict, rule, ruleSet, resolution, from, to, after, limit });
};

/** Reads whose decisions are searched for, or every fault in it at once. */
export const readDecisionSearch = (received: JsonValue): Result<{ readonly subject: string }> => {
  const parsed = decisionSearchSchema.safeParse(received, { reportInput: true });
  return parsed.success ? success(parsed.data) : failure(issuesFrom(parsed.error, 'a search'));
};
