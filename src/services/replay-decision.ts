import type { Entry } from '../log/entry.js';
import type { RuleSet } from '../rules/rule-set.js';
import { screen } from '../screening/screen.js';
import type { Instant } from '../values/instant.js';
import type { Issue } from '../values/issue.js';
import { jsonDifferences, type JsonDifference } from '../values/json-difference.js';
import type { JsonValue } from '../values/json.js';
import { findEntry } from './find-decision.js';
import { hypothesisOf, type Hypothesis } from './hypothesis.js';
import type { Ports } from './ports.js';
import type { Rulebook } from './rulebook.js';
import type { Rulebooks } from './rulebooks.js';
import { readContext, readOutcome, readStoredFacts, type AnswerWriter } from './stored-decision.js';

/** The decision that is made again, and the version that is asked; the one that decided where it is null. */
export type ReplayAsked = { readonly id: string; readonly version: string | null };

/** By which engine a decision was made again, and when. */
type Again = { readonly engine: string; readonly replayedAt: Instant };

/** A decision that was made again from what is stored. It is identical where nothing differs. */
export type Replay = Again & {
  readonly ruleSet: RuleSet;
  /** Where the answer or a finding differs: `from` is what was stored, `to` what comes out now. */
  readonly differences: readonly JsonDifference[];
};

/** What another version would have said of a decision. */
export type HypotheticalReplay = Again & Hypothesis;

/** What a decision is made again with. */
export type ReplayContext = {
  readonly organisation: string;
  readonly ports: Ports;
  readonly rulebooks: Rulebooks;
  readonly write: AnswerWriter;
};

/** What became of a replay: there is no such decision, its version is nowhere to be had, or the version that is asked is none of its rule set. */
export type Replayed =
  | { readonly kind: 'replayed'; readonly replay: Replay }
  | { readonly kind: 'hypothetical'; readonly replay: HypotheticalReplay }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'version-gone' }
  | { readonly kind: 'unknown-version'; readonly issue: Issue };

const UNKNOWN_VERSION: Replayed = {
  kind: 'unknown-version',
  issue: {
    pointer: '/version',
    code: 'unknown-rule-set',
    detail: 'there is no such version of the rule set that decided: see GET /rules/{set}/versions',
  },
};

/** What is written now of a decision that was made again, with the id and the times of the first time. */
const outcomeAgain = (entry: Entry, ruleSet: RuleSet, write: AnswerWriter): JsonValue => {
  const context = readContext(entry);
  const screening = screen(ruleSet.body, readStoredFacts(entry), context.asOf);
  const decision = { ...context, id: entry.id, ruleSet, screening };
  return { answer: write.answer(decision), findings: write.findings(decision) };
};

/** The version that is asked; null where the set has none of this name. The one that decided may be a draft that only the log still has. */
const findAsked = (version: string | null, decidedBy: RuleSet, book: Rulebook): RuleSet | null => {
  if (version === null) return decidedBy;
  const found = book.find(decidedBy.body.id, version);
  return found ?? (version === decidedBy.body.version ? decidedBy : null);
};

/**
 * Evaluates a decision again, from the facts that were stored. Under the version that decided, every word of its answer and every finding is compared;
 * under another version of the same rule set it is told what that one would have said. Nothing is stored.
 * @throws LogUnavailableError
 */
export const replayDecision = async (
  { id, version }: ReplayAsked,
  { organisation, ports, rulebooks, write }: ReplayContext,
): Promise<Replayed> => {
  const entry = await findEntry(id, organisation, ports);
  if (entry === null) return { kind: 'not-found' };
  const book = await rulebooks.latest();
  const decidedBy = book.findByHash(entry.ruleSetHash);
  if (decidedBy === null) return { kind: 'version-gone' };
  const asked = findAsked(version, decidedBy, book);
  if (asked === null) return UNKNOWN_VERSION;
  const again = { engine: ports.engine, replayedAt: ports.clock() };
  if (asked.sha256 !== decidedBy.sha256)
    return { kind: 'hypothetical', replay: { ...again, ...hypothesisOf(entry, { decidedBy, asked }) } };
  const differences = jsonDifferences(readOutcome(entry), outcomeAgain(entry, decidedBy, write));
  return { kind: 'replayed', replay: { ...again, ruleSet: decidedBy, differences } };
};
