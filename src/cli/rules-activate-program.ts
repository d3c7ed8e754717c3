import type { RulesProgram } from './rules-compare-program.js';

type ActivateOptions = {
  readonly by: string;
  readonly role: string;
  readonly reason: string;
  readonly dataDir: string;
  readonly releaseKey?: string;
  readonly json?: true;
};

const NOTES = `
The service may run meanwhile: it screens by the version at once. Run it as the
user that the service runs as, so that both can write the database. Leave the
files of the version where the service finds them: without them it does not
start again.

Exit codes: 0 in force, 1 refused (a draft, a version that was changed, or in
force already), 2 wrong usage, 3 the rules or the database cannot be used.
`;

/** Adds `rules activate`: which version of a set the service screens by. */
export const addActivateCommand = ({ rules, rulesDir, tell }: RulesProgram): void => {
  rules
    .command('activate')
    .description('write to the log of the service that a released version is in force from now on')
    .argument('<set>@<version>', 'the version; an older one may take the place of a newer one')
    .requiredOption('--by <name>', 'who puts it in force')
    .requiredOption('--role <role>', 'in which role')
    .requiredOption('--reason <text>', 'why; it is told with the version, so name no patient')
    .option('--data-dir <folder>', 'where the database lies', process.env.DATA_DIR ?? './data')
    .option('--release-key <key>', 'the key that must have signed every release', process.env.RELEASE_KEY)
    .option('--json', 'one JSON object; why it is refused as JSON on stderr')
    .addHelpText('after', NOTES)
    .action(async (name: string, options: ActivateOptions) => {
      const { by, role, reason, dataDir, releaseKey = null } = options;
      const style = options.json === true ? 'json' : 'text';
      const site = { rulesDir: rulesDir(), dataDir, releaseKey };
      const { activateCommand } = await import('./rules-activate-command.js');
      await tell(await activateCommand(site, { name, by, role, reason }, style), options);
    });
};
