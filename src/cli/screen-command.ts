import { extname } from 'node:path';
import type { Command } from 'commander';
import type { RuleLibrary } from '../services/ports.js';
import { parseInstant } from '../values/instant.js';
import { wrongUsage } from './exit-codes.js';
import { loadRules } from './load-rules.js';
import { processOutput } from './output.js';
import { progressOn } from './progress.js';
import { screenerOf, type Overrides } from './screen-intake.js';
import { runScreen } from './screen-run.js';

type ScreenOptions = {
  readonly ndjson?: true;
  readonly json?: true;
  readonly exitVerdict?: true;
  readonly asOf?: string;
  readonly retrospective?: true;
  readonly ruleSet?: string;
  readonly ruleSetVersion?: string;
  readonly rulesDir: string;
};

const NDJSON_ENDINGS = ['.ndjson', '.jsonl'];

const overridesOf = ({ asOf, retrospective, ruleSet, ruleSetVersion }: ScreenOptions): Overrides => {
  if (asOf !== undefined && parseInstant(asOf) === null)
    throw wrongUsage('--as-of must be an RFC 3339 timestamp with an offset, such as 2026-11-22T09:30:00Z');
  return {
    ...(asOf === undefined ? {} : { asOf }),
    ...(retrospective === undefined ? {} : { retrospective }),
    ...(ruleSet === undefined ? {} : { ruleSet }),
    ...(ruleSetVersion === undefined ? {} : { ruleSetVersion }),
  };
};

const assertLoaded = ({ ruleSet, ruleSetVersion }: Overrides, rules: RuleLibrary): void => {
  const isMeant = rules
    .all()
    .some(
      ({ body }) => (ruleSet ?? body.id) === body.id && (ruleSetVersion ?? body.version) === body.version,
    );
  if (!isMeant)
    throw wrongUsage(
      'no such rule set or version is in the rules folder: see `ketamine-screening rules list`',
    );
};

const stopOnInterrupt = (): AbortSignal => {
  const stop = new AbortController();
  process.once('SIGINT', () => {
    stop.abort();
  });
  return stop.signal;
};

const screenCommand = async (file: string, options: ScreenOptions): Promise<number> => {
  const ndjson = options.ndjson === true || NDJSON_ENDINGS.includes(extname(file));
  if (ndjson && options.exitVerdict === true)
    throw wrongUsage('--exit-verdict tells one verdict, and NDJSON may hold many intakes');
  const overrides = overridesOf(options);
  const rules = loadRules(options.rulesDir);
  assertLoaded(overrides, rules);
  const clock = () => ({ epochMs: Date.now(), offsetMinutes: 0 });
  return runScreen({
    file,
    ndjson,
    exitByVerdict: options.exitVerdict === true,
    screener: screenerOf(rules, clock, overrides),
    output: processOutput(options.json === true),
    progress: progressOn(process.stderr, () => performance.now()),
    stop: stopOnInterrupt(),
  });
};

const NOTES = `
It reads and evaluates as POST /screen does, by the newest version in the rules
folder, and stores nothing: no decision id exists, and nobody can find the answer
again. Answers go to stdout; faults, with their JSON Pointers, and the counts go
to stderr. A line of NDJSON with faults stops no other.

Exit codes:
  0 all screened     1 a fault in the input     2 wrong usage
  3 the rules cannot be used                  130 interrupted
  with --exit-verdict: 10 eligible, 11 review, 12 incomplete, 13 ineligible
`;

/** Adds `screen`: the verdict on an intake, or on one a line, without the log. */
export const addScreenCommand = (program: Command, finish: (exitCode: number) => void): void => {
  program
    .command('screen')
    .description('screen an intake, or NDJSON with an intake a line; nothing is stored')
    .argument('<file>', 'a file with an intake as JSON, or with one a line (.ndjson, .jsonl); - is stdin')
    .option('--ndjson', 'each line is an intake, whatever the file is called')
    .option('--json', 'the full answers, canonical JSON, one a line; faults as JSON on stderr')
    .option('--exit-verdict', 'tell the verdict of a single intake by the exit code')
    .option('--as-of <time>', 'judge the facts at this moment, in place of `asOf` of the intake')
    .option('--retrospective', 'the moment may lie more than 24 hours back')
    .option('--rule-set <id>', 'screen by this rule set, in place of `ruleSet` of the intake')
    .option(
      '--rule-set-version <version>',
      'screen by this version, in place of `ruleSetVersion` of the intake',
    )
    .option('--rules-dir <folder>', 'one folder a rule set', process.env.RULES_DIR ?? './rules')
    .addHelpText('after', NOTES)
    .action(async (file: string, options: ScreenOptions) => {
      finish(await screenCommand(file, options));
    });
};
