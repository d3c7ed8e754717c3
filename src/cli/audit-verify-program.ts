import type { Command } from 'commander';
import { auditVerifyCommand, type VerifyAsked } from './audit-verify-command.js';
import { processOutput } from './output.js';
import { progressOn } from './progress.js';
import { tellOutcome } from './tell-outcome.js';

type VerifyOptions = {
  readonly key?: string;
  readonly checkpoint: readonly string[];
  readonly dataDir: string;
  readonly json?: true;
};

const NOTES = `
Files are the parts of one export (GET /audit/export) in their order, or proofs
(GET /decisions/{id}/proof, GET /audit/consistency): they are checked with the
public key alone, far from the service. Without a file it is the database of a
service, whether it runs or not, and it is only read.

Checkpoints are those that you kept: GET /audit/checkpoint, or lines of
CHECKPOINT_FILE. Without one, a log that was cut or rewritten whole looks well.

Exit codes: 0 it holds, 1 it does not: the first entry that does not fit is
named; 2 wrong usage, 3 the database cannot be read.
`;

const collect = (file: string, files: readonly string[]): readonly string[] => [...files, file];

/** Adds `audit verify`: whether an export, a proof or a database is what the log says. */
export const addAuditVerifyCommand = (audit: Command, finish: (exitCode: number) => void): void => {
  audit
    .command('verify')
    .description('check an export, a proof or the database of a service, entry by entry')
    .argument('[files...]', 'the parts of an export, or proofs; none: the database')
    .option('--key <key>', 'the public key of the log, as GET /audit/checkpoint gives it; needed for files')
    .option('--checkpoint <file>', 'checkpoints that you kept; can be given several times', collect, [])
    .option('--data-dir <folder>', 'where the database lies', process.env.DATA_DIR ?? './data')
    .option('--json', 'one JSON object; what does not hold as JSON on stderr')
    .addHelpText('after', NOTES)
    .action(async (files: readonly string[], options: VerifyOptions) => {
      const output = processOutput(options.json === true);
      const progress = progressOn(process.stderr, () => performance.now());
      const asked: VerifyAsked = {
        files,
        key: options.key ?? null,
        checkpoints: options.checkpoint,
        dataDir: options.dataDir,
      };
      const outcome = await auditVerifyCommand(asked, {
        style: output.json ? 'json' : 'text',
        tell: progress.tell,
      });
      progress.clear();
      finish(await tellOutcome(output, outcome));
    });
};
