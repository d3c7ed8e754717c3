import { testsOf } from '../../rules/criterion.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import type { RuleReads } from './reads.js';

/** What of a version rests on a source. */
export type SourceUses = {
  /** The rules that cite it. */
  readonly cited: readonly string[];
  /** Those of them with a number that it gives. */
  readonly numbers: readonly string[];
  /** The numbers that are computed as it says, each with the rules that they stand in or behind. */
  readonly computed: readonly { readonly fact: string; readonly rules: readonly string[] }[];
};

const givesNumber = ({ rule }: RuleReads, source: string): boolean =>
  testsOf(rule.criterion).some((test) => 'source' in test && test.source === source);

const idsOf = (reads: readonly RuleReads[]): readonly string[] => reads.map(({ rule }) => rule.id);

/** Finds what would have to be read again if a source changed, in rule order. */
export const usesOfSource = (
  source: string,
  { facts }: RuleSetBody,
  reads: readonly RuleReads[],
): SourceUses => ({
  cited: idsOf(reads.filter(({ rule }) => rule.citations.some((citation) => citation.source === source))),
  numbers: idsOf(reads.filter((one) => givesNumber(one, source))),
  computed: facts
    .filter((fact) => fact.type === 'derived' && fact.source === source)
    .map(({ id }) => ({
      fact: id,
      rules: idsOf(reads.filter(({ tested, behind }) => tested.includes(id) || behind.includes(id))),
    })),
});
