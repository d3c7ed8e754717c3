import type { Entry } from '../log/entry.js';
import type { RuleSet } from '../rules/rule-set.js';
import { screen } from '../screening/screen.js';
import type { Instant } from '../values/instant.js';
import { jsonDifferences, type JsonDifference } from '../values/json-difference.js';
import type { JsonValue } from '../values/json.js';
import { findEntry } from './find-decision.js';
import type { Ports } from './ports.js';
import type { Rulebooks } from './rulebooks.js';
import { readContext, readOutcome, readStoredFacts, type AnswerWriter } from './stored-decision.js';

/** A decision that was made again from what is stored. It is identical where nothing differs. */
export type Replay = {
  readonly ruleSet: RuleSet;
  /** The engine that decided again. */
  readonly engine: string;
  readonly replayedAt: Instant;
  /** Where the answer or a finding differs: `from` is what was stored, `to` what comes out now. */
  readonly differences: readonly JsonDifference[];
};

/** What a decision is made again with. */
export type ReplayContext = {
  readonly ports: Ports;
  readonly rulebooks: Rulebooks;
  readonly write: AnswerWriter;
};

/** What became of a replay: there is no such decision, or its version is nowhere to be had. */
export type Replayed =
  | { readonly kind: 'replayed'; readonly replay: Replay }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'version-gone' };

/** What is written now of a decision that was made again, with the id and the times of the first time. */
const outcomeAgain = (entry: Entry, ruleSet: RuleSet, write: AnswerWriter): JsonValue => {
  const context = readContext(entry);
  const screening = screen(ruleSet.body, readStoredFacts(entry), context.asOf);
  const decision = { ...context, id: entry.id, ruleSet, screening };
  return { answer: write.answer(decision), findings: write.findings(decision) };
};

/**
 * Evaluates a decision again, from the facts that were stored and under the version that decided, and compares every word of its answer and every
 * finding. Nothing is stored.
 * @throws LogUnavailableError
 */
export const replayDecision = async (
  id: string,
  organisation: string,
  { ports, rulebooks, write }: ReplayContext,
): Promise<Replayed> => {
  const entry = await findEntry(id, organisation, ports);
  if (entry === null) return { kind: 'not-found' };
  const ruleSet = (await rulebooks.latest()).findByHash(entry.ruleSetHash);
  if (ruleSet === null) return { kind: 'version-gone' };
  const differences = jsonDifferences(readOutcome(entry), outcomeAgain(entry, ruleSet, write));
  return {
    kind: 'replayed',
    replay: { ruleSet, engine: ports.engine, replayedAt: ports.clock(), differences },
  };
};
