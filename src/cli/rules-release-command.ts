import { join } from 'node:path';
import { pourRelease } from '../rules/release/pour.js';
import { releaseNote } from '../rules/release/release-note.js';
import type { RuleFolder } from '../storage/rule-folder.js';
import { writeRelease } from '../storage/write-release.js';
import { CommandError, EXIT, wrongUsage } from './exit-codes.js';
import { readRulesFolder } from './load-rules.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';
import { runCases } from './run-cases.js';

/** Which draft is to be released, as which version, and on which day. */
export type ReleaseAsked = { readonly set: string; readonly version: string; readonly on: string };

const refuse = (code: string, details: readonly string[]): CommandError =>
  new CommandError(
    EXIT.fault,
    details.map((detail) => ({ code, detail })),
  );

const folderOf = (rulesDir: string, set: string): RuleFolder => {
  const read = readRulesFolder(rulesDir);
  if (!read.ok) throw refuse('rules-with-mistakes', ['the rules have mistakes: run `rules check`']);
  const folder = read.folders.find(({ ruleSet }) => ruleSet.body.id === set);
  if (folder === undefined) throw wrongUsage(`there is no rule set \`${set}\`: see \`rules list\``);
  return folder;
};

const assertCasesHold = ({ ruleSet, cases }: RuleFolder): void => {
  const failures = runCases(ruleSet, cases);
  if (failures.length > 0)
    throw refuse('case-does-not-hold', ['cases of the draft do not hold: run `rules test`']);
};

/**
 * `rules release`: freezes the draft of a rule set as a version.
 * @throws CommandError where the rules have mistakes, a case does not hold, or the version hides what has changed
 */
export const releaseCommand = (rulesDir: string, asked: ReleaseAsked, style: Style): Outcome => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asked.on)) throw wrongUsage('--on must be a day, such as 2026-11-26');
  const folder = folderOf(rulesDir, asked.set);
  assertCasesHold(folder);
  const last = folder.releases.at(-1)?.ruleSet.body ?? null;
  const poured = pourRelease({
    draft: folder.ruleSet.body,
    version: asked.version,
    releasedOn: asked.on,
    last,
  });
  if (!poured.ok) throw refuse('version-refused', [poured.issues]);
  const { body, text, entry, nextDraft } = poured.value;
  const entries = [...folder.releases.map((release) => release.entry), entry];
  writeRelease(join(rulesDir, asked.set), { text, note: releaseNote(body, entry, last), entries, nextDraft });
  const { version, sha256, step } = entry;
  return outcomeOf(
    {
      lines: [
        `${asked.set} ${version} is released (${step}), sha256 ${sha256}`,
        `Read releases/${version}.md, and commit it. The draft is now ${nextDraft}.`,
      ],
      json: { ruleSet: asked.set, ...entry, nextDraft },
      exitCode: 0,
    },
    style,
  );
};
