import { formatInstant, type Instant } from '../../values/instant.js';
import type { JsonDifference } from '../../values/json-difference.js';
import type { JsonObject } from '../../values/json.js';
import type { RuleSet } from '../../rules/rule-set.js';
import type { CarriedFacts } from '../../screening/carry-facts.js';
import type { ListChange, ScreeningChange } from '../../screening/compare-screenings.js';

type Again = { readonly engine: string; readonly replayedAt: Instant };

const writeVersion = ({ body, sha256 }: RuleSet): JsonObject => ({
  id: body.id,
  version: body.version,
  sha256,
});

const writeListChange = ({ added, removed }: ListChange): JsonObject => ({ added, removed });

/** Writes what came out when a decision was made again by the version that decided. */
export const writeReplay = (
  decision: string,
  replay: Again & { readonly ruleSet: RuleSet; readonly differences: readonly JsonDifference[] },
): JsonObject => ({
  hypothetical: false,
  decision,
  identical: replay.differences.length === 0,
  differences: replay.differences.map((difference) => ({ ...difference })),
  ruleSet: writeVersion(replay.ruleSet),
  engine: replay.engine,
  replayedAt: formatInstant(replay.replayedAt),
});

/** Writes what another version would have said of a decision. */
export const writeHypothetical = (
  decision: string,
  replay: Again &
    ScreeningChange &
    Omit<CarriedFacts, 'facts'> & { readonly decidedBy: RuleSet; readonly asked: RuleSet },
): JsonObject => ({
  hypothetical: true,
  decision,
  ruleSet: writeVersion(replay.asked),
  decidedBy: writeVersion(replay.decidedBy),
  verdict: { from: replay.verdict.from, to: replay.verdict.to },
  bounds: { from: { ...replay.bounds.from }, to: { ...replay.bounds.to } },
  reasons: writeListChange(replay.reasons),
  missing: writeListChange(replay.missing),
  notUnderstood: replay.notUnderstood,
  changedType: replay.changedType,
  engine: replay.engine,
  replayedAt: formatInstant(replay.replayedAt),
});
