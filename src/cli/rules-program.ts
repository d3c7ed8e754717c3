import { Option, type Command } from 'commander';
import { loadPatients } from './load-patients.js';
import { progressOn } from './progress.js';
import { processOutput } from './output.js';
import { checkRulesCommand, listRulesCommand, mutateRulesCommand, schemasCommand } from './rules-commands.js';
import { addActivateCommand } from './rules-activate-program.js';
import { addApproveCommand } from './rules-approve-program.js';
import { addCompareCommands, addNewCommand } from './rules-compare-program.js';
import { coverageCommand } from './rules-coverage-command.js';
import { addDocsCommand } from './rules-docs-program.js';
import type { Outcome, Style } from './rules-outcome.js';
import { explainCommand } from './rules-explain-command.js';
import { releaseCommand } from './rules-release-command.js';
import { addSignCommands } from './rules-sign-program.js';
import { testRulesCommand } from './rules-test-command.js';
import { tellOutcome } from './tell-outcome.js';

type JsonOption = { readonly json?: true };

const styleOf = ({ json }: JsonOption): Style => (json === true ? 'json' : 'text');

const NOTES = `
Exit codes: 0 all is well, 1 a mistake in the rules, 2 wrong usage,
3 the rules folder cannot be read.
`;

type Tell = (outcome: Outcome, options: JsonOption) => Promise<void>;

/** Tells what a command came to: what it was asked for on stdout, mistakes for programs on stderr. */
const tellOn =
  (finish: (exitCode: number) => void): Tell =>
  async (outcome, options) => {
    finish(await tellOutcome(processOutput(options.json === true), outcome));
  };

type TestOptions = JsonOption & { readonly mutate?: true; readonly patients?: string };

const addTest = (rules: Command, rulesDir: () => string, tell: Tell): void => {
  rules
    .command('test')
    .description('run the cases beside every rule, and whole patients')
    .option('--patients <folder>', 'whole patients too: what comes of each, and after how many answers')
    .addOption(
      new Option(
        '--mutate',
        'flip each part of every rule instead, and see whether its own cases tell',
      ).conflicts('patients'),
    )
    .option('--json', 'one JSON object; what fails as JSON on stderr')
    .action(async (options: TestOptions) => {
      if (options.mutate !== true) {
        const patients = options.patients === undefined ? [] : loadPatients(options.patients);
        return tell(testRulesCommand(rulesDir(), styleOf(options), patients), options);
      }
      const progress = progressOn(process.stderr, () => performance.now());
      const outcome = mutateRulesCommand(rulesDir(), styleOf(options), progress.tell);
      progress.clear();
      return tell(outcome, options);
    });
};

const addSchemas = (rules: Command, rulesDir: () => string, tell: Tell): void => {
  rules
    .command('schemas')
    .description('write the JSON Schemas that give an editor completion')
    .option('--check', 'only say which are out of date')
    .option('--json', 'one JSON object; what is out of date as JSON on stderr')
    .action((options: JsonOption & { readonly check?: true }) =>
      tell(schemasCommand(rulesDir(), options.check === true, styleOf(options)), options),
    );
};

type ExplainOptions = JsonOption & { readonly rule?: string };

const addExplain = (rules: Command, rulesDir: () => string, tell: Tell): void => {
  rules
    .command('explain')
    .description('why each rule is true or unknown of a patient, as a tree with the values')
    .argument('<file>', 'an intake')
    .option('--rule <id>', 'this rule alone, whatever its truth')
    .option('--json', 'one JSON object; faults as JSON on stderr')
    .action((file: string, options: ExplainOptions) => {
      const asked = { file, rule: options.rule ?? null, now: new Date().toISOString() };
      return tell(explainCommand(rulesDir(), asked, styleOf(options)), options);
    });
};

const addRelease = (rules: Command, rulesDir: () => string, tell: Tell): void => {
  rules
    .command('release')
    .description('freeze the draft of a rule set as a version, which then never changes')
    .argument('<set>', 'the rule set')
    .argument('<version>', 'the version, such as 1.2.0; it must say at least as much as has changed')
    .option('--on <day>', 'the day of the release', new Date().toISOString().slice(0, 10))
    .option('--json', 'one JSON object; why it is refused as JSON on stderr')
    .action((set: string, version: string, options: JsonOption & { readonly on: string }) =>
      tell(releaseCommand(rulesDir(), { set, version, on: options.on }, styleOf(options)), options),
    );
};

/** Adds `rules` with its commands: for those who write and review rules. But for `activate`, `approve` and `impact --decisions` they need no service and no database. */
export const addRulesCommands = (program: Command, finish: (exitCode: number) => void): void => {
  const rules: Command = program
    .command('rules')
    .description('work on rule sets')
    .option('--rules-dir <folder>', 'one folder a rule set', process.env.RULES_DIR ?? './rules')
    .addHelpText('after', NOTES)
    .configureHelp({
      showGlobalOptions: true,
      // Those of the program stand before `rules`, so none of them is an option here.
      visibleGlobalOptions: (command) => (command === rules ? [] : [...rules.options]),
    });

  const rulesDir = (): string => rules.opts<{ rulesDir: string }>().rulesDir;

  const tell = tellOn(finish);

  const add = (name: string, description: string, run: (rulesDir: string, style: Style) => Outcome): void => {
    rules
      .command(name)
      .description(description)
      .option('--json', 'one JSON object; mistakes as JSON on stderr')
      .action((options: JsonOption) => tell(run(rulesDir(), styleOf(options)), options));
  };

  add('list', 'the rule sets with their versions', listRulesCommand);
  add(
    'check',
    'find every mistake in the rule sets, each with its file, pointer and mend',
    checkRulesCommand,
  );
  add(
    'coverage',
    'each row of the evidence with the rules that answer it, or why there is none',
    coverageCommand,
  );
  addTest(rules, rulesDir, tell);
  addSchemas(rules, rulesDir, tell);
  addRelease(rules, rulesDir, tell);
  addSignCommands({ rules, rulesDir, tell });
  addActivateCommand({ rules, rulesDir, tell });
  addApproveCommand({ rules, rulesDir, tell });
  addNewCommand({ rules, rulesDir, tell });
  addCompareCommands({ rules, rulesDir, tell });
  addExplain(rules, rulesDir, tell);
  addDocsCommand({ rules, rulesDir, tell });
};
