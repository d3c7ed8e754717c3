#!/usr/bin/env node
import { Command } from 'commander';
import { checkRulesCommand, schemasCommand, testRulesCommand, type Outcome } from './rules-commands.js';

const finish = ({ lines, exitCode }: Outcome): void => {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  process.exitCode = exitCode;
};

const program = new Command('ketamine-screening').description(
  'Screens patients for contraindications before ketamine therapy for pain.',
);

const rules = program
  .command('rules')
  .description('work on rule sets')
  .option(
    '--rules-dir <folder>',
    'the folder that holds one folder a rule set',
    process.env.RULES_DIR ?? './rules',
  );

const rulesDir = (): string => rules.opts<{ rulesDir: string }>().rulesDir;

rules
  .command('check')
  .description('find every mistake in the rule sets, each with its file, pointer and mend')
  .action(() => {
    finish(checkRulesCommand(rulesDir()));
  });

rules
  .command('test')
  .description('run the cases beside every rule')
  .action(() => {
    finish(testRulesCommand(rulesDir()));
  });

rules
  .command('schemas')
  .description('write the JSON Schemas that give an editor completion')
  .option('--check', 'only say which are out of date')
  .action(({ check }: { check?: boolean }) => {
    finish(schemasCommand(rulesDir(), check === true));
  });

program.parse();
