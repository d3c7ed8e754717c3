import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject, JsonValue } from '../values/json.js';
import { parseRuleSet } from '../rules/parse.js';
import {
  fileSchemas,
  type CoverageFile,
  type PackFile,
  type RuleCases,
  type RuleFile,
  type RuleSetFile,
} from '../rules/rule-files.js';
import type { RuleIssue } from '../rules/rule-issue.js';
import type { RuleSet } from '../rules/rule-set.js';
import { readCoverage } from './coverage-folder.js';
import { draftIssues } from './draft-issues.js';
import { readReleases, type Release } from './release-folder.js';
import { readRuleFile, type FileIssue, type FileRead } from './rule-file.js';

/** A rule set as its folder holds it: the draft that its files make with the cases beside each rule, and the releases, oldest first. */
export type RuleFolder = {
  readonly ruleSet: RuleSet;
  readonly cases: readonly RuleCases[];
  readonly releases: readonly Release[];
  /** What the evidence asks for, domain by domain; empty where the set keeps no such table. */
  readonly coverage: readonly CoverageFile[];
};

/** A rule set from its folder, or every mistake in its files. */
export type RuleFolderRead =
  | { readonly ok: true; readonly value: RuleFolder }
  | { readonly ok: false; readonly issues: readonly FileIssue[] };

/** Where a rule was written. */
type RulePlace = { readonly pack: string; readonly rule: string };

const issuesOf = (reads: readonly FileRead<unknown>[]): readonly FileIssue[] =>
  reads.flatMap((read) => (read.ok ? [] : read.issues));

const contentsOf = <T>(reads: readonly FileRead<T>[]): readonly T[] =>
  reads.flatMap((read) => (read.ok ? [read.content] : []));

const pathOf = ({ pack, rule }: RulePlace, ending: string): string => `packs/${pack}/${rule}${ending}`;

const strayFiles = (folder: string, pack: string, rules: readonly string[]): readonly FileIssue[] => {
  const expected = new Set(['pack.json', ...rules.flatMap((id) => [`${id}.json`, `${id}.cases.json`])]);
  return readdirSync(join(folder, 'packs', pack))
    .filter((name) => !expected.has(name))
    .map((name) => ({
      file: `packs/${pack}/${name}`,
      pointer: '',
      code: 'file-unexpected' as const,
      detail: 'is in no list of rules: add its rule to `rules` in pack.json, or remove it',
    }));
};

const strayPacks = (folder: string, packs: readonly string[]): readonly FileIssue[] =>
  readdirSync(join(folder, 'packs'))
    .filter((name) => !packs.includes(name))
    .map((name) => ({
      file: `packs/${name}`,
      pointer: '',
      code: 'file-unexpected' as const,
      detail: 'is in no list of packs: add it to `packs` in rule-set.json, or remove it',
    }));

/** Editors find the schema of a file by `$schema`; it is no part of the rule. */
const withoutSchemaKey = (rule: RuleFile): JsonObject =>
  Object.fromEntries(Object.entries(rule).filter(([key]) => key !== '$schema'));

type Parts = {
  readonly head: RuleSetFile;
  readonly facts: JsonValue;
  readonly sources: JsonValue;
  readonly packs: readonly PackFile[];
  readonly rules: readonly RuleFile[];
};

const bodyOf = ({ head, facts, sources, packs, rules }: Parts): JsonObject => ({
  id: head.id,
  version: head.version,
  title: head.title,
  description: head.description,
  scope: head.scope,
  facts,
  sources,
  domains: packs.map(({ domain, title, description }) => ({ id: domain, title, description })),
  rules: rules.map(withoutSchemaKey),
});

type Origin = { readonly file: string; readonly pointer: string };

const wholeFileOf = (part: string): string =>
  part === 'facts' || part === 'sources' ? `${part}.json` : 'rule-set.json';

const originOf = (pointer: string, places: readonly RulePlace[], packs: readonly string[]): Origin => {
  const [, part = '', index = ''] = pointer.split('/');
  const inFile = pointer.slice(part.length + index.length + 2);
  const rule = part === 'rules' ? places[Number(index)] : undefined;
  if (rule !== undefined) return { file: pathOf(rule, '.json'), pointer: inFile };
  const pack = part === 'domains' ? packs[Number(index)] : undefined;
  return pack === undefined
    ? { file: wholeFileOf(part), pointer }
    : { file: `packs/${pack}/pack.json`, pointer: inFile.replace(/^\/id/, '/domain') };
};

/** The file and pointer of a mistake that was found in the whole body. */
const placeIn =
  (places: readonly RulePlace[], packs: readonly string[]) =>
  (issue: RuleIssue): FileIssue => ({ ...issue, ...originOf(issue.pointer, places, packs) });

const checkPlaces = (rules: readonly RuleFile[], places: readonly RulePlace[]): readonly FileIssue[] =>
  rules.flatMap((rule, index) => {
    const place = places[index];
    if (place === undefined || (rule.id === place.rule && rule.domain === place.pack)) return [];
    return [
      {
        file: pathOf(place, '.json'),
        pointer: rule.id === place.rule ? '/domain' : '/id',
        code: 'wrong-type' as const,
        detail: 'a rule has the id that its file is named for and the domain of its folder',
      },
    ];
  });

/** Cases are those of the rule that they stand beside; where they name another, that rule has none. */
const checkCases = (
  cases: readonly FileRead<RuleCases>[],
  places: readonly RulePlace[],
): readonly FileIssue[] =>
  cases.flatMap((read, index) => {
    const place = places[index];
    if (!read.ok || place === undefined || read.content.rule === place.rule) return [];
    return [
      {
        file: pathOf(place, '.cases.json'),
        pointer: '/rule',
        code: 'no-cases' as const,
        detail: `\`${place.rule}\` has no cases, for these name another rule: name it here`,
      },
    ];
  });

type Reads = {
  readonly head: FileRead<RuleSetFile>;
  readonly facts: FileRead<{ readonly facts: JsonValue }>;
  readonly sources: FileRead<{ readonly sources: JsonValue }>;
  readonly packs: readonly FileRead<PackFile>[];
  readonly places: readonly RulePlace[];
  readonly rules: readonly FileRead<RuleFile>[];
  readonly cases: readonly FileRead<RuleCases>[];
};

const readAll = (folder: string): Reads => {
  const head = readRuleFile(folder, 'rule-set.json', fileSchemas['rule-set']);
  const packNames = head.ok ? head.content.packs : [];
  const packs = packNames.map((name) => readRuleFile(folder, `packs/${name}/pack.json`, fileSchemas.pack));
  const places = contentsOf(packs).flatMap(({ domain, rules }) =>
    rules.map((rule) => ({ pack: domain, rule })),
  );
  return {
    head,
    facts: readRuleFile(folder, 'facts.json', fileSchemas.facts),
    sources: readRuleFile(folder, 'sources.json', fileSchemas.sources),
    packs,
    places,
    rules: places.map((place) => readRuleFile(folder, pathOf(place, '.json'), fileSchemas.rule)),
    cases: places.map((place) => readRuleFile(folder, pathOf(place, '.cases.json'), fileSchemas.cases)),
  };
};

const issuesIn = (folder: string, reads: Reads): readonly FileIssue[] => [
  ...issuesOf([reads.head, reads.facts, reads.sources, ...reads.packs, ...reads.rules, ...reads.cases]),
  ...(reads.head.ok ? strayPacks(folder, reads.head.content.packs) : []),
  ...contentsOf(reads.packs).flatMap(({ domain, rules }) => strayFiles(folder, domain, rules)),
  ...(reads.rules.every(({ ok }) => ok) ? checkPlaces(contentsOf(reads.rules), reads.places) : []),
  ...checkCases(reads.cases, reads.places),
];

/** The draft that the files make, with the names of its packs. */
type Draft = Pick<RuleFolder, 'ruleSet' | 'cases'> & { readonly packs: readonly string[] };

/** The draft that the files make, or every mistake in them. */
const readDraft = (
  folder: string,
): { readonly ok: true; readonly value: Draft } | Extract<RuleFolderRead, { ok: false }> => {
  const reads = readAll(folder);
  const issues = issuesIn(folder, reads);
  const { head, facts, sources } = reads;
  if (!head.ok || !facts.ok || !sources.ok || issues.length > 0) return { ok: false, issues };
  const body = bodyOf({
    head: head.content,
    facts: facts.content.facts,
    sources: sources.content.sources,
    packs: contentsOf(reads.packs),
    rules: contentsOf(reads.rules),
  });
  const ruleSet = parseRuleSet(body);
  return ruleSet.ok
    ? {
        ok: true,
        value: { ruleSet: ruleSet.value, cases: contentsOf(reads.cases), packs: head.content.packs },
      }
    : { ok: false, issues: ruleSet.issues.map(placeIn(reads.places, head.content.packs)) };
};

/**
 * Reads a rule set from the folder that it is written in, and checks it whole: the draft, and every release byte for byte. The order of rules is that of
 * `packs` in rule-set.json and of `rules` in each pack.json.
 * @returns the rule set, or every mistake with its file, pointer and mend
 */
export const readRuleFolder = (folder: string): RuleFolderRead => {
  const draft = readDraft(folder);
  const released = readReleases(folder);
  const issues = [...(draft.ok ? [] : draft.issues), ...(released.ok ? [] : released.issues)];
  if (!draft.ok || !released.ok) return { ok: false, issues };
  const { ruleSet, cases, packs } = draft.value;
  const { releases } = released;
  const covered = readCoverage(folder, packs, ruleSet.body.rules);
  const late = [...draftIssues(ruleSet.body, releases), ...(covered.ok ? [] : covered.issues)];
  if (!covered.ok || late.length > 0) return { ok: false, issues: late };
  return { ok: true, value: { ruleSet, cases, releases, coverage: covered.coverage } };
};
