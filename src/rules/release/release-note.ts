import { changesIn, diffRuleSets } from '../diff/diff-rule-sets.js';
import type { ReleaseEntry } from '../rule-files.js';
import type { RuleSetBody } from '../rule-set.js';
import type { Severity } from '../rule.js';

const SEVERITIES: readonly Severity[] = ['absolute', 'relative', 'precaution'];

const STEPS: Readonly<Record<ReleaseEntry['step'], string>> = {
  first: 'the first release',
  major: 'major: an intake that was valid before may now be refused',
  minor: 'minor: verdicts, reasons or questions may come out otherwise',
  patch: 'patch: words and citations only; no verdict and no truth of a rule can come out otherwise',
};

const countsOf = (body: RuleSetBody): string =>
  SEVERITIES.map(
    (severity) => `${String(body.rules.filter((rule) => rule.severity === severity).length)} ${severity}`,
  ).join(', ');

const domainLines = (body: RuleSetBody): readonly string[] =>
  body.domains.map(({ id, title }) => {
    const rules = body.rules.filter(({ domain }) => domain === id);
    return `- ${title}: ${String(rules.length)} rules`;
  });

const changeLines = (last: RuleSetBody | null, body: RuleSetBody): readonly string[] =>
  last === null
    ? domainLines(body)
    : changesIn(diffRuleSets(last, body))
        .filter(({ kind }) => kind !== 'name')
        .map(({ inWords }) => `- ${inWords}`);

/** The note beside a release, in Markdown: what it is, and what has changed since the one before it, in sentences for clinicians. */
export const releaseNote = (body: RuleSetBody, entry: ReleaseEntry, last: RuleSetBody | null): string =>
  [
    `# ${body.title}: ${body.id} ${entry.version}`,
    '',
    `Released on ${entry.releasedOn}; ${STEPS[entry.step]}.${entry.supersedes === null ? '' : ` It supersedes ${entry.supersedes}.`} **Not yet approved by a clinician** unless the log of a service says so.`,
    '',
    `${String(body.rules.length)} rules (${countsOf(body)}), ${String(body.facts.length)} facts, ${String(body.sources.length)} sources.`,
    '',
    `- SHA-256: \`${entry.sha256}\``,
    `- SHA-256 of the logic, without its words: \`${entry.logicSha256}\``,
    '',
    last === null ? '## What it holds' : `## What has changed since ${last.version}`,
    '',
    ...changeLines(last, body),
    '',
  ].join('\n');
