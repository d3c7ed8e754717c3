import { z } from 'zod';
import type { ChangeEffect, ChangeKind, Effect } from '../../rules/diff/change.js';
import { versionSchema } from '../../rules/rule-set-schema.js';
import { sha256Schema } from '../atom-schemas.js';
import { wordsOf } from '../words-of.js';

const KINDS: Readonly<Record<ChangeKind, string>> = {
  added: 'a whole entry came',
  removed: 'a whole entry went',
  order: 'the same things stand in another order',
  name: 'the id or the number of the version',
  wording: 'a title, an explanation, a rationale, an action, a label, a description',
  question: 'a question, or the help to it',
  severity: 'how much a rule weighs',
  criterion: 'the form of a criterion: what is tested, and how tests are joined',
  threshold: 'a number or a period that something is compared with, or how many parts it takes',
  comparison: 'how something is compared: `>` became `>=`',
  codes: 'codes that are tested for, or that an EHR may hold the answer under',
  unit: 'a unit, or a unit that is accepted beside it with its factor',
  range: 'physical limits, or that only whole numbers are taken',
  options: 'the answers of a closed list, or whether a list is open',
  components: 'what a reading of a series consists of',
  derivation: 'how a number is computed',
  gate: 'the particulars that a general question settles',
  detail: 'what a fact is a detail of',
  type: 'the type of a fact',
  about: 'whether a fact is about the patient or the treatment',
  domain: 'the domain that a rule or a fact belongs to',
  citation: 'who is cited, where and for what; the source of a number',
  source: 'an entry of the bibliography',
  review: 'the date of the last review',
  tags: 'tags',
};

const CHANGE_EFFECTS: Readonly<Record<ChangeEffect, string>> = {
  logic: 'it can be seen in what is read of a patient or in what is evaluated, its order included',
  words: 'no verdict, no bounds and no truth of a rule can come out otherwise',
};

const EFFECTS: Readonly<Record<Effect, string>> = { ...CHANGE_EFFECTS, none: 'nothing changed' };

const changeEffectSchema = wordsOf('What a change can do.', CHANGE_EFFECTS);

/** The form of what all changes together can do. */
export const effectSchema = wordsOf('What all changes together can do.', EFFECTS);

/** The form of what a change is about. */
export const changeKindSchema = wordsOf('What a change is about. More kinds may come.', KINDS);

/** The form of a place in a version. */
export const versionPlaceSchema = z
  .strictObject({
    pointer: z.string().meta({ description: 'JSON Pointer (RFC 6901) into the `body` of the version.' }),
    value: z.unknown().meta({ description: 'What stands there, as JSON.' }),
  })
  .meta({ description: 'A place in a version, and what stands there.' });

/** The form of one change. */
export const changeSchema = z
  .strictObject({
    kind: changeKindSchema,
    effect: changeEffectSchema,
    from: versionPlaceSchema
      .nullable()
      .meta({ description: 'Where it stood, and what; null where it was not there.' }),
    to: versionPlaceSchema
      .nullable()
      .meta({ description: 'Where it stands, and what; null where it is no more.' }),
    inWords: z.string().meta({ description: 'The change in one sentence, without a full stop.' }),
  })
  .meta({ description: 'One change between two versions.' });

const changesSchema = z.array(changeSchema);

/** The form of what changed of one entry. */
export const entryDifferenceSchema = z.strictObject({ id: z.string(), changes: changesSchema.min(1) }).meta({
  description: 'What changed of one rule, fact, source or domain. One that came or went has that one change.',
});

const entriesSchema = z.array(entryDifferenceSchema);

/** The form of what changed of a list of entries. */
export const listDifferenceSchema = z
  .strictObject({
    added: entriesSchema.meta({ description: 'Entries that came, in their order.' }),
    removed: entriesSchema.meta({ description: 'Entries that went, in the order they had.' }),
    changed: entriesSchema.meta({
      description:
        'Entries that are in both and differ, in the order they have. An entry that only stands elsewhere among the others is one.',
    }),
  })
  .meta({ description: 'What changed of a list of entries, which are known again by their ids.' });

/** The form of a version by its name and fingerprint. */
export const versionReferenceSchema = z
  .strictObject({ version: versionSchema, sha256: sha256Schema })
  .meta({ description: 'A version by its name and fingerprint.' });

/** The form of the sentences of some changes. */
export const inWordsSchema = z.array(z.string()).meta({
  description:
    'All of it in sentences for a person to read: first what it comes to, then every change in the order of its place here.',
});

/** The form of the difference of two versions. */
export const ruleSetDifferenceSchema = z
  .strictObject({
    ruleSet: z.string().meta({ description: 'The id of the rule set.' }),
    from: versionReferenceSchema,
    to: versionReferenceSchema,
    effect: effectSchema,
    inWords: inWordsSchema,
    heading: changesSchema.meta({
      description: 'What a version says of itself: its number, title, description.',
    }),
    scope: changesSchema.meta({ description: 'For whom the rule set is meant.' }),
    rules: listDifferenceSchema,
    facts: listDifferenceSchema,
    sources: listDifferenceSchema,
    domains: listDifferenceSchema,
  })
  .meta({
    description:
      'What changed between two versions of a rule set. It is empty exactly where both have one fingerprint.',
  });
