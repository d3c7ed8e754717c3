import type { Command } from 'commander';
import { entryTime } from '../services/entries.js';
import type { Span } from '../services/replay-span.js';
import { parseInstant } from '../values/instant.js';
import { auditReplayCommand } from './audit-replay-command.js';
import { wrongUsage } from './exit-codes.js';
import { processOutput } from './output.js';
import { progressOn } from './progress.js';

type ReplayOptions = {
  readonly dataDir: string;
  readonly rulesDir: string;
  readonly from?: string;
  readonly to?: string;
  readonly values?: true;
  readonly json?: true;
};

const momentOf = (option: string, text: string | undefined): string | null => {
  if (text === undefined) return null;
  const instant = parseInstant(text);
  if (instant === null)
    throw wrongUsage(`${option} must be an RFC 3339 timestamp with an offset, such as 2026-11-22T09:30:00Z`);
  return entryTime(instant);
};

const spanOf = (options: ReplayOptions): Span => {
  const span = { from: momentOf('--from', options.from), to: momentOf('--to', options.to) };
  if (span.from !== null && span.to !== null && span.from >= span.to)
    throw wrongUsage('--from must lie before --to: no decision can be from the one on and before the other');
  return span;
};

const NOTES = `
The service may run meanwhile; nothing is written to its log. Run it as the user
that the service runs as. What is appended after it begins is not looked at.

Every decision of the time is named that does not come out word for word as it
was stored, with the places that differ. Their values are told only with
--values, for they are of patients; they go to stdout, like all of the answer.

Exit codes:
  0 every decision came out as it was stored, but for those that were erased
  1 one differs, or cannot be read, or its version is gone
  2 wrong usage     3 the rules or the database cannot be used
`;

/** Adds `audit replay`: whether the decisions of a time would be made again as they were. */
export const addAuditReplayCommand = (audit: Command, finish: (exitCode: number) => void): void => {
  audit
    .command('replay')
    .description('make every decision again by the version that decided, and say what differs')
    .option('--from <time>', 'decisions from this time on; from the first where it is left out')
    .option('--to <time>', 'decisions before this time; to the last where it is left out')
    .option('--values', 'tell what was stored and what comes out where they differ')
    .option('--data-dir <folder>', 'where the database lies', process.env.DATA_DIR ?? './data')
    .option('--rules-dir <folder>', 'one folder a rule set', process.env.RULES_DIR ?? './rules')
    .option('--json', 'one JSON object a decision that is named, and one for the counts')
    .addHelpText('after', NOTES)
    .action(async (options: ReplayOptions) => {
      const { rulesDir, dataDir, values } = options;
      const run = {
        span: spanOf(options),
        output: processOutput(options.json === true),
        progress: progressOn(process.stderr, () => performance.now()),
        values: values === true,
      };
      finish(await auditReplayCommand({ rulesDir, dataDir }, run));
    });
};
