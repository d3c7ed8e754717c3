import type { Entry, Lookup } from '../log/entry.js';
import type { OverrideReason } from '../screening/feedback.js';
import { partOf } from './entries.js';
import type { Ports } from './ports.js';
import { FEEDBACK_PART, type KeptFeedback } from './record-feedback.js';
import { readSummary } from './stored-decision.js';
import { versionName, type DecisionSummary } from './summaries.js';

/** Which feedback is reported: of an organisation, on these services, in a span of time (RFC 3339, as entries have it). */
export type ReportAsked = {
  readonly organisation: string;
  readonly services: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
};

/** How often a reason was given. */
export type ReasonCount = OverrideReason & { readonly count: number };

/** What became of the cards that gave a rule of a version as a reason; of those that gave none where `rule` is null. */
export type RuleFeedback = {
  readonly ruleSet: DecisionSummary['ruleSet'];
  readonly rule: string | null;
  readonly shown: number;
  readonly accepted: number;
  readonly overridden: number;
  /** How often a clinician wrote something. What was written is in the log alone. */
  readonly commented: number;
  readonly reasons: readonly ReasonCount[];
};

/** What became of cards, by rule and version; and how much feedback was on a card that is not known. */
export type FeedbackReport = { readonly items: readonly RuleFeedback[]; readonly unmatched: number };

type Place = Pick<RuleFeedback, 'ruleSet' | 'rule'>;

const PAGE = 200;

/** What is read of a part is what was written into it. */
const parseFeedback: (text: string) => KeptFeedback = JSON.parse;

async function* entriesWith(
  has: Lookup,
  parts: readonly string[],
  { asked, log }: { readonly asked: ReportAsked } & Pick<Ports, 'log'>,
): AsyncGenerator<Entry, void, void> {
  const { organisation, from, to } = asked;
  for (let after = -1; ;) {
    const page = await log.page({ organisation, has, also: [], from, to, after, limit: PAGE, parts });
    // Erased between being found and being opened: it counts no more.
    yield* page.filter((entry) => Object.keys(entry.parts).length > 0);
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.position;
  }
}

/** A card without a reason stands for itself, so that what is made of it is counted too. */
const placesOf = (ruleSet: DecisionSummary['ruleSet'], rules: readonly string[]): readonly Place[] =>
  rules.length === 0 ? [{ ruleSet, rule: null }] : rules.map((rule) => ({ ruleSet, rule }));

const nameOf = ({ ruleSet, rule }: Place): string => `${versionName(ruleSet)} ${rule ?? ''}`;

const withReason = (
  reasons: readonly ReasonCount[],
  reason: OverrideReason | null,
): readonly ReasonCount[] => {
  if (reason === null) return reasons;
  const isSame = ({ system, code }: ReasonCount): boolean => system === reason.system && code === reason.code;
  return reasons.some(isSame)
    ? reasons.map((one) => (isSame(one) ? { ...one, count: one.count + 1 } : one))
    : [...reasons, { ...reason, count: 1 }];
};

/** Counts by rule and version. */
class Tally {
  readonly #items = new Map<string, RuleFeedback>();
  unmatched = 0;

  #change(place: Place, change: (item: RuleFeedback) => RuleFeedback): void {
    const empty = { ...place, shown: 0, accepted: 0, overridden: 0, commented: 0, reasons: [] };
    this.#items.set(nameOf(place), change(this.#items.get(nameOf(place)) ?? empty));
  }

  show(place: Place): void {
    this.#change(place, (item) => ({ ...item, shown: item.shown + 1 }));
  }

  hear(place: Place, { outcome, reason, comment }: KeptFeedback): void {
    this.#change(place, (item) => ({
      ...item,
      [outcome]: item[outcome] + 1,
      commented: item.commented + (comment === null ? 0 : 1),
      reasons: withReason(item.reasons, reason),
    }));
  }

  report(): FeedbackReport {
    const names = [...this.#items.keys()].toSorted();
    return {
      items: names.flatMap((name) => this.#items.get(name) ?? []),
      unmatched: this.unmatched,
    };
  }
}

type Counted = { readonly asked: ReportAsked; readonly tally: Tally } & Pick<Ports, 'log'>;

const countShown = async (service: string, { tally, ...from }: Counted): Promise<void> => {
  for await (const entry of entriesWith({ name: 'service', value: service }, ['summary'], from)) {
    const { ruleSet, hook } = readSummary(entry);
    for (const place of placesOf(ruleSet, hook?.rules ?? [])) tally.show(place);
  }
};

const countHeard = async ({ tally, ...from }: Counted): Promise<void> => {
  for await (const entry of entriesWith({ name: 'kind', value: 'feedback' }, [FEEDBACK_PART], from)) {
    const kept = parseFeedback(partOf(entry, FEEDBACK_PART));
    if (kept.about === null) tally.unmatched += 1;
    else for (const place of placesOf(kept.about.ruleSet, kept.about.rules)) tally.hear(place, kept);
  }
};

/**
 * What clinicians made of cards, by rule, version and reason. It is counted anew from the log each time, so that anyone who has the log comes to the same numbers.
 * @throws LogUnavailableError
 */
export const reportFeedback = async (
  asked: ReportAsked,
  { log }: Pick<Ports, 'log'>,
): Promise<FeedbackReport> => {
  const counted = { asked, log, tally: new Tally() };
  for (const service of asked.services) await countShown(service, counted);
  await countHeard(counted);
  return counted.tally.report();
};
