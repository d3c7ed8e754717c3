import { join } from 'node:path';
import type { RuleLibrary } from '../services/ports.js';
import { newestOf } from '../rules/rule-set.js';
import { trustIn, type ReleaseTrust } from '../services/release-trust.js';
import type { Versions } from '../services/rule-sets.js';
import type { RuleFolder } from '../storage/rule-folder.js';
import { readRuleLibrary, ruleLibraryOf, type LibraryRead } from '../storage/rule-library.js';
import { CommandError, EXIT } from './exit-codes.js';

/** What a command takes that is given no key: a release needs no signature, and a signature must be one of its release. */
const WITHOUT_KEY = trustIn(null);

/**
 * Reads the rules folder.
 * @param trust which releases are taken
 * @throws CommandError where it cannot be read at all; mistakes in its files are a value
 */
export const readRulesFolder = (rulesDir: string, trust: ReleaseTrust = WITHOUT_KEY): LibraryRead => {
  try {
    return readRuleLibrary(rulesDir, trust);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const detail = `the rules folder ${rulesDir} cannot be read (${String(error.code)})`;
    throw new CommandError(EXIT.cannotStart, [{ code: 'rules-unreadable', detail }]);
  }
};

/**
 * The rule sets of a folder as their folders hold them, checked whole, for a command that cannot do without them.
 * @throws CommandError with every mistake in them
 */
export const loadRuleFolders = (
  rulesDir: string,
  trust: ReleaseTrust = WITHOUT_KEY,
): readonly RuleFolder[] => {
  const read = readRulesFolder(rulesDir, trust);
  if (read.ok) return read.folders;
  throw new CommandError(
    EXIT.cannotStart,
    read.issues.map(({ file, pointer, code, detail }) => ({
      code,
      detail: `${join(rulesDir, file)}${pointer === '' ? '' : ` ${pointer}`}: ${detail}`,
      file: join(rulesDir, file),
      pointer,
    })),
  );
};

/**
 * The rules of a folder, checked whole, for a command that cannot do without them.
 * @param trust which releases are taken; where a key must have signed them, no draft is among the rules
 * @throws CommandError with every mistake in them
 */
export const loadRules = (rulesDir: string, trust: ReleaseTrust = WITHOUT_KEY): RuleLibrary =>
  ruleLibraryOf(loadRuleFolders(rulesDir, trust), trust);

/**
 * The versions of a folder, of each set with its newest release in force, or its draft where it has none. A command has no log that could say which version is in force
 * in a service, and this is the one that a service puts in force at its first start.
 */
export const newestIn = (rules: RuleLibrary): Versions => ({
  ...rules,
  mayScreen: () => true,
  inForce: (id) => newestOf(rules.all().filter(({ body }) => body.id === id)) ?? null,
});
