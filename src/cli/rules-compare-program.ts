import { Option, type Command } from 'commander';
import type { JsonObject } from '../values/json.js';
import { loadPatients } from './load-patients.js';
import { readRulesFolder } from './load-rules.js';
import { diffCommand } from './rules-diff-command.js';
import { progressOn } from './progress.js';
import { newRuleCommand } from './rules-new-command.js';
import { impactCommand, type ComparedPatient } from './rules-impact-command.js';
import type { Outcome, Style } from './rules-outcome.js';

type JsonOption = { readonly json?: true };

/** What a command is given: a set, two of its versions, and options. */
type Asked<O> = readonly [set: string, from: string, to: string, options: O];

type ImpactOptions = JsonOption & {
  readonly patients?: string;
  readonly decisions?: true;
  readonly dataDir: string;
};

/** What a command is added with: the rules folder, and where it tells what it came to. */
export type RulesProgram = {
  readonly rules: Command;
  readonly rulesDir: () => string;
  readonly tell: (outcome: Outcome, options: JsonOption) => Promise<void>;
};

const styleOf = ({ json }: JsonOption): Style => (json === true ? 'json' : 'text');

/** The cases beside every rule of a set, each as a patient of whom little is known. */
const casesIn = (rulesDir: string, set: string): readonly ComparedPatient[] => {
  const read = readRulesFolder(rulesDir);
  const folders = read.ok ? read.folders.filter(({ ruleSet }) => ruleSet.body.id === set) : [];
  return folders.flatMap(({ cases }) =>
    cases.flatMap((file) =>
      file.cases.map(({ name, asOf, facts }) => {
        const intake: JsonObject = asOf === undefined ? { facts } : { asOf, facts };
        return { name: `${file.rule}: ${name}`, intake };
      }),
    ),
  );
};

type NewOptions = JsonOption & { readonly severity: string };

/** Adds `rules new`: begins a rule. */
export const addNewCommand = ({ rules, rulesDir, tell }: RulesProgram): void => {
  rules
    .command('new')
    .description('begin a rule and its cases from a template')
    .arguments('<set> <domain> <id>')
    .option('--severity <severity>', 'absolute, relative or precaution', 'relative')
    .option('--json', 'one JSON object')
    .action((...[set, domain, id, options]: Asked<NewOptions>) =>
      tell(
        newRuleCommand(rulesDir(), { set, domain, id, severity: options.severity }, styleOf(options)),
        options,
      ),
    );
};

const impactOf = async (
  rulesDir: string,
  ...[set, from, to, options]: Asked<ImpactOptions>
): Promise<Outcome> => {
  const pair = { set, from, to };
  if (options.decisions === true) {
    const { logImpactCommand } = await import('./rules-impact-log-command.js');
    const progress = progressOn(process.stderr, () => performance.now());
    return logImpactCommand({ rulesDir, dataDir: options.dataDir }, { pair, progress }, styleOf(options));
  }
  const whole = options.patients === undefined ? [] : loadPatients(options.patients);
  const patients = [...casesIn(rulesDir, set), ...whole];
  return impactCommand(rulesDir, { pair, patients }, styleOf(options));
};

const addImpact = ({ rules, rulesDir, tell }: RulesProgram): void => {
  rules
    .command('impact')
    .description('of whom two versions say something else: the cases of every rule, and whole patients')
    .arguments('<set> <from> <to>')
    .option('--patients <folder>', 'whole patients, one intake a file')
    .addOption(
      new Option('--decisions', 'the decisions that <from> made in a service instead').conflicts('patients'),
    )
    .option('--data-dir <folder>', 'where its database lies', process.env.DATA_DIR ?? './data')
    .option('--json', 'one JSON object')
    .action(async (...asked: Asked<ImpactOptions>) => {
      await tell(await impactOf(rulesDir(), ...asked), asked[3]);
    });
};

/** Adds `rules diff` and `rules impact`: what changed between two versions, and of whom. */
export const addCompareCommands = ({ rules, rulesDir, tell }: RulesProgram): void => {
  rules
    .command('diff')
    .description('what changed between two versions, in sentences')
    .arguments('<set> <from> <to>')
    .option('--json', 'the difference as JSON')
    .action((...[set, from, to, options]: Asked<JsonOption>) =>
      tell(diffCommand(rulesDir(), { set, from, to }, styleOf(options)), options),
    );
  addImpact({ rules, rulesDir, tell });
};
