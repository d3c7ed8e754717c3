import type { RulesProgram } from './rules-compare-program.js';

type ApproveOptions = {
  readonly by: string;
  readonly role: string;
  readonly on?: string;
  readonly dataDir: string;
  readonly releaseKey?: string;
  readonly json?: true;
};

const NOTES = `
The service may run meanwhile: it says so at once. Run it as the user that the
service runs as, so that both can write the database.

Exit codes: 0 approved, 1 refused (a draft, a version that was changed, or
approved already), 2 wrong usage, 3 the rules or the database cannot be used.
`;

/** Adds `rules approve`: that a clinician stands by a version. */
export const addApproveCommand = ({ rules, rulesDir, tell }: RulesProgram): void => {
  rules
    .command('approve')
    .description('write to the log of the service that a clinician approves a released version')
    .argument('<set>@<version>', 'the version')
    .requiredOption('--by <name>', 'who approves it')
    .requiredOption('--role <role>', 'in which role')
    .option('--on <day>', 'the day of the approval; today (UTC) where it is left out')
    .option('--data-dir <folder>', 'where the database lies', process.env.DATA_DIR ?? './data')
    .option('--release-key <key>', 'the key that must have signed every release', process.env.RELEASE_KEY)
    .option('--json', 'one JSON object; why it is refused as JSON on stderr')
    .addHelpText('after', NOTES)
    .action(async (name: string, options: ApproveOptions) => {
      const { by, role, on = null, dataDir, releaseKey = null } = options;
      const style = options.json === true ? 'json' : 'text';
      const site = { rulesDir: rulesDir(), dataDir, releaseKey };
      const { approveCommand } = await import('./rules-approve-command.js');
      await tell(await approveCommand(site, { name, by, role, on }, style), options);
    });
};
