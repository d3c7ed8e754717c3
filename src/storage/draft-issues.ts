import { reusedIds } from '../rules/release/reused-ids.js';
import { parseVersion, stepBetween } from '../rules/release/version-number.js';
import { isDraft, type RuleSetBody } from '../rules/rule-set.js';
import type { Release } from './release-folder.js';
import type { FileIssue } from './rule-file.js';

/** The draft must be a pre-release of a version that comes after every release. */
const versionIssues = (version: string, releases: readonly Release[]): readonly FileIssue[] => {
  const newest = releases.at(-1)?.entry.version;
  const [number = ''] = version.split('-');
  const last = newest === undefined ? null : parseVersion(newest);
  if (isDraft(version) && (last === null || stepBetween(last, number) !== null)) return [];
  const after = newest === undefined ? '' : ` that follows ${newest} by one step`;
  return [
    {
      file: 'rule-set.json',
      pointer: '/version',
      code: 'bad-version',
      detail: `must be a version${after}, with \`-draft\` behind it: releases are made by \`rules release\``,
    },
  ];
};

const reusedIssues = (draft: RuleSetBody, releases: readonly Release[]): readonly FileIssue[] =>
  reusedIds(
    draft,
    releases.map(({ ruleSet }) => ruleSet.body),
  ).flatMap(({ index, lastIn }) => {
    const rule = draft.rules[index];
    if (rule === undefined) return [];
    return [
      {
        file: `packs/${rule.domain}/${rule.id}.json`,
        pointer: '/id',
        code: 'reused-id' as const,
        detail: `\`${rule.id}\` was the id of a rule up to ${lastIn}, and was retired: give this rule an id of its own`,
      },
    ];
  });

/** What is wrong with a draft beside the releases before it: its version, and ids of rules that were retired. */
export const draftIssues = (draft: RuleSetBody, releases: readonly Release[]): readonly FileIssue[] => [
  ...versionIssues(draft.version, releases),
  ...reusedIssues(draft, releases),
];
