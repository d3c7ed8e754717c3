import type { Command } from 'commander';
import { addAuditEraseCommand } from './audit-erase-program.js';
import { addAuditReplayCommand } from './audit-replay-program.js';
import { addAuditVerifyCommand } from './audit-verify-program.js';

/** Adds `audit` with its commands: for those who look into the decision log of a service, whether it runs or not. */
export const addAuditCommands = (program: Command, finish: (exitCode: number) => void): void => {
  const audit = program.command('audit').description('look into the decision log of a service');
  addAuditReplayCommand(audit, finish);
  addAuditVerifyCommand(audit, finish);
  addAuditEraseCommand(audit, finish);
};
