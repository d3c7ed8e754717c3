import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { auditEraseCommand } from './audit-erase-command.js';
import { wrongUsage } from './exit-codes.js';
import { processOutput } from './output.js';
import { tellOutcome } from './tell-outcome.js';

type EraseOptions = {
  readonly subject: string;
  readonly organisation: string;
  readonly by: string;
  readonly role: string;
  readonly reason: string;
  readonly dataDir: string;
  readonly dryRun?: true;
  readonly json?: true;
};

const NOTES = `
What is erased cannot be brought back: the intake, the answer, what clinicians
decided on it, and all that it is found by. The log keeps that there was a
decision, and every proof holds. The reason stays in the log: name no patient
in it. Copies elsewhere (backups, exports, what an EHR was sent) are not
reached from here.

The service may run meanwhile. Run it as the user that the service runs as.

Exit codes: 0 erased, or there was nothing, 1 erased, but sealed bytes may be
left in the files, 2 wrong usage, 3 the database cannot be used.
`;

/** The reference to the patient as it was typed; from stdin where that is a dash, so that no list of processes shows it. */
const subjectOf = async (typed: string): Promise<string> => {
  const subject = typed === '-' ? (await text(process.stdin)).replace(/\r?\n$/, '') : typed;
  if (subject === '') throw wrongUsage('--subject must not be empty');
  return subject;
};

/** Adds `audit erase`: what is kept on one patient is erased. */
export const addAuditEraseCommand = (audit: Command, finish: (exitCode: number) => void): void => {
  audit
    .command('erase')
    .description('erase all that is kept on one patient, and say so in the log')
    .requiredOption('--subject <reference>', 'as it was sent with the intakes; - reads it from stdin')
    .requiredOption('--by <name>', 'who erases it')
    .requiredOption('--role <role>', 'in which role')
    .requiredOption('--reason <text>', 'why; it stays in the log, so name no patient')
    .option('--organisation <name>', 'whose patient it is', 'local')
    .option('--data-dir <folder>', 'where the database lies', process.env.DATA_DIR ?? './data')
    .option('--dry-run', 'only say how much there is')
    .option('--json', 'one JSON object; what is left as JSON on stderr')
    .addHelpText('after', NOTES)
    .action(async ({ dataDir, dryRun, json, subject, ...asked }: EraseOptions) => {
      const output = processOutput(json === true);
      const outcome = await auditEraseCommand(
        { ...asked, subject: await subjectOf(subject) },
        { dataDir, dryRun: dryRun === true, style: output.json ? 'json' : 'text' },
      );
      finish(await tellOutcome(output, outcome));
    });
};
