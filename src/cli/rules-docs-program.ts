import type { RulesProgram } from './rules-compare-program.js';

type DocsOptions = { readonly version?: string; readonly out?: string; readonly json?: true };

/** Adds `rules docs`: a rule-set version as a book. */
export const addDocsCommand = ({ rules, rulesDir, tell }: RulesProgram): void => {
  rules
    .command('docs')
    .description('a version as one HTML page to read, print and review: rules, facts, bibliography')
    .argument('<set>', 'the rule set')
    .option('--version <version>', 'the draft where it is left out, or the newest release')
    .option('--out <file>', 'where it is written; stdout where it is left out')
    .option('--json', 'what was written as JSON; faults as JSON on stderr')
    .action(async (set: string, options: DocsOptions) => {
      const { docsCommand } = await import('./rules-docs-command.js');
      const asked = { set, version: options.version ?? null, out: options.out ?? null };
      await tell(docsCommand(rulesDir(), asked, options.json === true ? 'json' : 'text'), options);
    });
};
