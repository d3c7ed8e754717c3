import type { Entry, Lookup } from '../log/entry.js';
import type { Choice } from '../screening/resolution.js';
import type { DecisionFilter } from '../screening/decision-filter.js';
import type { PageAsked, Ports, Trait } from './ports.js';
import { readSummary } from './stored-decision.js';
import { readResolutionSummary, versionName, type DecisionSummary } from './summaries.js';

/** Which decisions of an organisation are listed; of one patient where `subject` is the reference to one. */
export type DecisionsAsked = Omit<DecisionFilter, 'organisation'> & {
  readonly organisation: string;
  readonly subject: string | null;
};

/** What a clinician decided on a listed decision. */
export type ListedResolution = { readonly id: string; readonly at: string; readonly choice: Choice };

/** A decision as a list tells of it. */
export type ListedDecision = DecisionSummary & {
  readonly id: string;
  readonly position: number;
  readonly at: string;
  readonly sha256: string;
  readonly resolutions: readonly ListedResolution[];
};

/** Decisions in the order of the log; and the position after which the next ones come, null where there are none as yet. */
export type DecisionPage = { readonly items: readonly ListedDecision[]; readonly next: number | null };

type ListPorts = Pick<Ports, 'log' | 'subjectHash'>;

const resolvedWith = ({ resolution }: DecisionsAsked): readonly Trait[] =>
  resolution === null ? [] : [{ name: 'resolution', value: resolution }];

const wanted = (asked: DecisionsAsked, { subjectHash }: ListPorts): readonly Trait[] => {
  const { organisation, subject, verdict, rule, ruleSet } = asked;
  const resolved = resolvedWith(asked);
  // Most patients are treated: that is followed only where nothing rarer is asked for.
  const isUsual = asked.resolution === 'proceed';
  return [
    ...(subject === null ? [] : [{ name: 'subject' as const, value: subjectHash(organisation, subject) }]),
    ...(isUsual ? [] : resolved),
    ...(rule === null ? [] : [{ name: 'rule' as const, value: rule }]),
    ...(verdict === null ? [] : [{ name: 'verdict' as const, value: verdict }]),
    ...(isUsual ? resolved : []),
    ...(ruleSet === null ? [] : [{ name: 'version' as const, value: versionName(ruleSet) }]),
  ];
};

/** What the log is asked for, with one more than is shown, which tells whether there are more. */
const pageAsked = (asked: DecisionsAsked, ports: ListPorts): PageAsked => {
  const { organisation, from, to, after, limit } = asked;
  const kind: Lookup = { name: 'kind', value: 'decision' };
  // Followed along what is rarest by its nature: a patient has few decisions, few wait for a clinician, a rule is seldom true.
  const [rarest, ...others] = wanted(asked, ports);
  return {
    organisation,
    has: rarest ?? kind,
    also: rarest === undefined ? [] : [...others, kind],
    from,
    to,
    after,
    limit: limit + 1,
    parts: ['summary'],
  };
};

const listed = async (entry: Entry, { log }: ListPorts): Promise<ListedDecision> => {
  const { id, position, at, organisation, ruleSetHash } = entry;
  const resolutions = await log.find({ organisation, name: 'decision', value: id });
  return {
    ...readSummary(entry),
    id,
    position,
    at,
    sha256: ruleSetHash,
    resolutions: resolutions.map((resolution) => ({
      id: resolution.id,
      at: resolution.at,
      choice: readResolutionSummary(resolution).choice,
    })),
  };
};

/**
 * Lists decisions of an organisation in the order of the log. Who follows `next` sees each decision that there was at the first page exactly once,
 * and after them those that were made meanwhile.
 * @throws LogUnavailableError
 */
export const listDecisions = async (asked: DecisionsAsked, ports: ListPorts): Promise<DecisionPage> => {
  const entries = await ports.log.page(pageAsked(asked, ports));
  const shown = entries.slice(0, asked.limit);
  return {
    items: await Promise.all(shown.map((entry) => listed(entry, ports))),
    next: entries.length > shown.length ? (shown.at(-1)?.position ?? null) : null,
  };
};
