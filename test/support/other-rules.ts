import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRuleLibrary, ruleLibraryOf } from '../../src/storage/rule-library.js';
import type { RuleLibrary } from '../../src/services/ports.js';
import type { JsonObject } from '../../src/values/json.js';

/** A rules folder that knows nothing of ketamine: test content, with one tiny set of another drug. */
export const OTHER_RULES = 'test/rule-sets';

/** The one set in it. */
export const OTHER_SET = 'methotrexate-low-dose';

/** Whole patients of that set, pinned to its release. */
export const OTHER_PATIENTS = join(OTHER_RULES, OTHER_SET, 'patients');

/** That set, its release and its draft. */
export const otherRules = (): RuleLibrary => {
  const read = readRuleLibrary(OTHER_RULES);
  if (!read.ok) throw new Error(`${OTHER_RULES} has mistakes: ${JSON.stringify(read.issues)}`);
  return ruleLibraryOf(read.folders);
};

/** The intakes of those patients, by name. */
export const otherIntakes = (): readonly (readonly [name: string, intake: JsonObject])[] =>
  readdirSync(OTHER_PATIENTS)
    .toSorted()
    .map((file) => {
      const { intake } = JSON.parse(readFileSync(join(OTHER_PATIENTS, file), 'utf8')) as {
        intake: JsonObject;
      };
      return [file.replace('.json', ''), intake];
    });
