import { changesInWords } from '../formats/rule-sets/difference-words.js';
import { writeDifference } from '../formats/rule-sets/write-difference.js';
import { changesIn } from '../rules/diff/diff-rule-sets.js';
import { compareVersions, type ComparedVersions, type VersionPair } from '../services/compare-rule-sets.js';
import type { Versions } from '../services/rule-sets.js';
import { loadRules } from './load-rules.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';
import { wrongUsage } from './exit-codes.js';

/**
 * The two versions of a set that a command compares.
 * @throws CommandError where either is not there
 */
export const comparedAmong = (versions: Pick<Versions, 'find'>, pair: VersionPair): ComparedVersions => {
  const compared = compareVersions(versions, pair);
  if (compared === null)
    throw wrongUsage(
      `\`${pair.set}\` has no version ${pair.from} or no version ${pair.to}: see \`rules list\``,
    );
  return compared;
};

/**
 * The two versions of a set that a command compares, from their files.
 * @throws CommandError where the rules have mistakes, or either version is not there
 */
export const comparedIn = (rulesDir: string, pair: VersionPair): ComparedVersions =>
  comparedAmong(loadRules(rulesDir), pair);

/** `rules diff`: what changed between two versions, in sentences for a pull request or as JSON. */
export const diffCommand = (rulesDir: string, pair: VersionPair, style: Style): Outcome => {
  const compared = comparedIn(rulesDir, pair);
  const [summary = '', ...changes] = changesInWords(changesIn(compared.difference));
  return outcomeOf(
    {
      lines: [
        `### ${pair.set}: from ${pair.from} to ${pair.to}`,
        '',
        `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
        ...(changes.length > 0 ? [''] : []),
        ...changes.map((change) => `- ${change}`),
      ],
      json: writeDifference(compared),
      exitCode: 0,
    },
    style,
  );
};
