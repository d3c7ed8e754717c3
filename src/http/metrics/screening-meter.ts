import { Counter, type Registry } from 'prom-client';
import {
  REASON_WORDS,
  VERDICT_WORDS,
  type ScreeningFigures,
  type TellFigures,
} from '../../services/screening-figures.js';

/** Counts what is decided. */
export type ScreeningMeter = {
  /** Counts a decision that is durable. */
  readonly screened: TellFigures;
  /** Begins the counts of a version by which decisions may come, so that the first of them is seen as a change. */
  readonly expect: (by: Pick<ScreeningFigures, 'ruleSet' | 'version'>) => void;
};

/**
 * Counts decisions: their verdicts by version, why facts were missing, and how many codes were unknown. An answer that is given again is no
 * decision, and is not counted again.
 */
export const screeningMeter = (registry: Registry): ScreeningMeter => {
  const registers = [registry];
  const verdicts = new Counter({
    name: 'screening_verdicts_total',
    help: 'Decisions that were made and stored, by rule set, version and verdict.',
    labelNames: ['rule_set', 'version', 'verdict'],
    registers,
  });
  const missing = new Counter({
    name: 'screening_missing_facts_total',
    help: 'Facts that stood in `missing` of a decision, by why they were not known.',
    labelNames: ['reason'],
    registers,
  });
  const unmapped = new Counter({
    name: 'screening_unmapped_codes_total',
    help: 'Codes in intakes that the version in use knew nothing of.',
    registers,
  });
  for (const reason of REASON_WORDS) missing.inc({ reason }, 0);
  return {
    screened: (figures) => {
      const { ruleSet, version, verdict } = figures;
      verdicts.inc({ rule_set: ruleSet, version, verdict });
      for (const reason of figures.missing) missing.inc({ reason });
      unmapped.inc(figures.unmapped);
    },
    expect: ({ ruleSet, version }) => {
      for (const verdict of VERDICT_WORDS) verdicts.inc({ rule_set: ruleSet, version, verdict }, 0);
    },
  };
};
