import { z } from 'zod';
import type { StepKind } from '../../rules/diff/rule-history.js';
import { ruleSchema, scopeSchema } from '../../rules/rule-schema.js';
import { versionSchema } from '../../rules/rule-set-schema.js';
import { sha256Schema } from '../atom-schemas.js';
import { ruleIdSchema } from '../intake/reason-schema.js';
import { wordsOf } from '../words-of.js';
import { changeSchema, effectSchema, entryDifferenceSchema, inWordsSchema } from './difference-schemas.js';

const STEPS: Readonly<Record<StepKind, string>> = {
  added: 'the version before did not have it',
  changed: 'the rule itself is not what it was; `changes` says how',
  unchanged: 'the rule itself is what it was; see `factChanges` all the same',
  removed: 'the version before had it',
};

const stepKindSchema = wordsOf('What a version made of the rule, compared with the one before.', STEPS);

/** The form of a rule in one version. */
export const ruleStepSchema = z
  .strictObject({
    version: versionSchema,
    sha256: sha256Schema,
    change: stepKindSchema,
    effect: effectSchema.meta({
      description: 'What it can do to this rule, changes of the facts behind it included.',
    }),
    inWords: inWordsSchema,
    rule: z.union([ruleSchema, scopeSchema]).nullable().meta({
      description:
        'The rule as this version has it, where it was added or changed, else null; of `outside-scope` the scope.',
    }),
    changes: z
      .array(changeSchema)
      .meta({ description: 'What changed in the rule itself, against the version before.' }),
    factChanges: z.array(entryDifferenceSchema).meta({
      description:
        'What changed in the facts behind the rule: those that it tests, those that these are derived from, the gates over them. They can change what a rule means while its own text stays.',
    }),
  })
  .meta({ description: 'A rule in one version.' });

/** The form of the history of a rule. */
export const ruleHistorySchema = z
  .strictObject({
    ruleSet: z.string().meta({ description: 'The id of the rule set.' }),
    rule: ruleIdSchema,
    items: z.array(ruleStepSchema).meta({
      description:
        'One for every version from the one that added it, oldest first; versions after one that removed it are left out.',
    }),
  })
  .meta({ description: 'The history of one rule.' });
