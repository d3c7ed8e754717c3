import { formatInstant, type Instant } from '../../values/instant.js';
import type { JsonDifference } from '../../values/json-difference.js';
import type { JsonObject } from '../../values/json.js';
import type { RuleSet } from '../../rules/rule-set.js';

/** Writes what came out when a decision was made again. */
export const writeReplay = (
  decision: string,
  replay: {
    readonly ruleSet: RuleSet;
    readonly engine: string;
    readonly replayedAt: Instant;
    readonly differences: readonly JsonDifference[];
  },
): JsonObject => ({
  decision,
  identical: replay.differences.length === 0,
  differences: replay.differences.map((difference) => ({ ...difference })),
  ruleSet: {
    id: replay.ruleSet.body.id,
    version: replay.ruleSet.body.version,
    sha256: replay.ruleSet.sha256,
  },
  engine: replay.engine,
  replayedAt: formatInstant(replay.replayedAt),
});
