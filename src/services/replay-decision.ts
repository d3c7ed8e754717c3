import type { Entry } from '../log/entry.js';
import type { RuleSet } from '../rules/rule-set.js';
import { screen } from '../screening/screen.js';
import type { Instant } from '../values/instant.js';
import type { Issue } from '../values/issue.js';
import { jsonDifferences, type JsonDifference } from '../values/json-difference.js';
import type { JsonValue } from '../values/json.js';
import { findKept } from './kept-decision.js';
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

/** What the entry of a decision is made again with: the versions that there are, by which engine and when, and how an answer is written. */
export type EntryContext = {
  readonly book: Rulebook;
  readonly ports: Pick<Ports, 'engine' | 'clock'>;
  readonly write: AnswerWriter;
};

/** What a decision is found and made again with. */
export type ReplayContext = Omit<EntryContext, 'book' | 'ports'> & {
  readonly organisation: string;
  readonly ports: Ports;
  readonly rulebooks: Rulebooks;
};

/** What became of the entry of a decision: it was made again, or its version is nowhere to be had. */
export type EntryReplayed =
  { readonly kind: 'replayed'; readonly replay: Replay } | { readonly kind: 'version-gone' };

/** What became of a replay: there is no such decision, its version is nowhere to be had, or the version that is asked is none of its rule set. */
export type Replayed =
  | EntryReplayed
  | { readonly kind: 'hypothetical'; readonly replay: HypotheticalReplay }
  | { readonly kind: 'not-found' }
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

const againNow = ({ engine, clock }: EntryContext['ports']): Again => ({ engine, replayedAt: clock() });

/**
 * Makes a decision again by the version that decided, from its entry: every word of its answer and every finding is compared. Nothing is stored.
 * @throws Error where the entry has not all that a decision is made of, such as one that was erased
 */
export const replayEntry = (entry: Entry, { book, ports, write }: EntryContext): EntryReplayed => {
  const ruleSet = book.findByHash(entry.ruleSetHash);
  if (ruleSet === null) return { kind: 'version-gone' };
  const differences = jsonDifferences(readOutcome(entry), outcomeAgain(entry, ruleSet, write));
  return { kind: 'replayed', replay: { ...againNow(ports), ruleSet, differences } };
};

/**
 * Finds a decision and evaluates it again, from the facts that were stored: under the version that decided, as `replayEntry` does; under another version of
 * the same rule set it is told what that one would have said. Nothing is stored.
 * @throws ErasedError where it was erased, LogUnavailableError
 */
export const replayDecision = async (
  { id, version }: ReplayAsked,
  { organisation, ports, rulebooks, write }: ReplayContext,
): Promise<Replayed> => {
  const entry = await findKept(id, organisation, ports);
  if (entry === null) return { kind: 'not-found' };
  const book = await rulebooks.latest();
  const decidedBy = book.findByHash(entry.ruleSetHash);
  if (decidedBy === null) return { kind: 'version-gone' };
  const asked = findAsked(version, decidedBy, book);
  if (asked === null) return UNKNOWN_VERSION;
  if (asked.sha256 === decidedBy.sha256) return replayEntry(entry, { book, ports, write });
  const hypothesis = hypothesisOf(entry, { decidedBy, asked });
  return { kind: 'hypothetical', replay: { ...againNow(ports), ...hypothesis } };
};
