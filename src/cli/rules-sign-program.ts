import type { RulesProgram } from './rules-compare-program.js';
import { keygenCommand } from './rules-keygen-command.js';

type KeygenOptions = { readonly name: string; readonly out: string; readonly json?: true };

type SignOptions = { readonly key: string; readonly json?: true };

const NOTES = `
Exit codes: 0 signed, now or before, 1 refused (a draft, rules with a mistake, a
key that others can read or that is not Ed25519), 2 wrong usage.
`;

const addKeygen = ({ rules, tell }: RulesProgram): void => {
  rules
    .command('keygen')
    .description('make a key that signs releases (Ed25519), and print the RELEASE_KEY of it')
    .requiredOption('--name <name>', 'the name of the key, which signatures show; such as rules.example.org')
    .requiredOption('--out <file>', 'where the key is written; never over a file that is there')
    .option('--json', 'one JSON object; faults as JSON on stderr')
    .action((options: KeygenOptions) =>
      tell(keygenCommand(options, options.json === true ? 'json' : 'text'), options),
    );
};

/** Adds `rules keygen` and `rules sign`: by which key a release is known to be one of those who wrote it. */
export const addSignCommands = (program: RulesProgram): void => {
  addKeygen(program);
  const { rules, rulesDir, tell } = program;
  rules
    .command('sign')
    .description('sign a release, beside the signatures that it has')
    .argument('<set>@<version>', 'the release')
    .requiredOption('--key <file>', 'the key, as `rules keygen` has made it')
    .option('--json', 'one JSON object; why it is refused as JSON on stderr')
    .addHelpText('after', NOTES)
    .action(async (name: string, options: SignOptions) => {
      const { signCommand } = await import('./rules-sign-command.js');
      const asked = { name, key: options.key };
      await tell(signCommand(rulesDir(), asked, options.json === true ? 'json' : 'text'), options);
    });
};
