import { existsSync } from 'node:fs';
import { MACHINE } from '../machine.js';
import { ActivationError } from '../services/activate.js';
import type { ApprovalAsked } from '../services/approval-asked.js';
import { approveVersion, type ApprovalOutcome } from '../services/approve-version.js';
import type { LoggedApproval } from '../services/approvals.js';
import { LogUnavailableError, type DecisionLog, type RuleLibrary } from '../services/ports.js';
import { databaseFileIn } from '../storage/database-file.js';
import { sqliteDecisionLog } from '../storage/decision-log.js';
import { openDatabase } from '../storage/open-database.js';
import { CommandError, EXIT, wrongUsage } from './exit-codes.js';
import { loadRules } from './load-rules.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';

/** What is to be approved, as it was typed: `name` is `<set>@<version>`. */
export type ApproveAsked = Omit<ApprovalAsked, 'set' | 'version'> & { readonly name: string };

/** Where the rules and the database of the service are. */
export type Site = { readonly rulesDir: string; readonly dataDir: string };

/** How often the log is asked to take the approval while others hold it: each time waits for the lock as long as the database does. */
const MOST_ATTEMPTS = 5;

const readAsked = ({ name, ...asked }: ApproveAsked): ApprovalAsked => {
  const [set, version, ...more] = name.split('@');
  if (set === undefined || version === undefined || set === '' || version === '' || more.length > 0)
    throw wrongUsage('name the version as <set>@<version>: see `rules list`');
  return { ...asked, set, version };
};

const cannotUse = (detail: string): CommandError =>
  new CommandError(EXIT.cannotStart, [{ code: 'database-unusable', detail }]);

/**
 * The log of a service. It is never made here: in a folder that was mistyped, an approval would be told as given and no service would ever read it.
 */
const openLog = (dataDir: string): DecisionLog => {
  const file = databaseFileIn(dataDir);
  if (!existsSync(file))
    throw cannotUse(
      `there is no database in ${dataDir}: start the service once with this folder, or say with --data-dir where its database lies`,
    );
  try {
    return sqliteDecisionLog(openDatabase(file));
  } catch (error) {
    throw cannotUse(`the database in ${dataDir}: ${error instanceof Error ? error.message : 'unknown'}`);
  }
};

/** Asks until the log can be used. Where it could not, it took nothing: the entry of the lost attempt is not there. */
const approveWhereFree = async (
  asked: ApprovalAsked,
  ports: { readonly log: DecisionLog; readonly rules: RuleLibrary },
): Promise<ApprovalOutcome> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await approveVersion(asked, { ...MACHINE, ...ports });
    } catch (error) {
      if (error instanceof ActivationError) throw cannotUse(error.message);
      if (!(error instanceof LogUnavailableError)) throw error;
      if (attempt === MOST_ATTEMPTS) throw cannotUse(`${error.message}: nothing was approved, try again`);
    }
  }
};

const approvedOutcome = (approval: LoggedApproval, style: Style): Outcome => {
  const { ruleSet, version, sha256, by, role, on } = approval;
  const lines = [
    `${ruleSet} ${version}, sha256 ${sha256}, is approved by ${by}, ${role}, on ${on}.`,
    'Every answer by this version says so from now on. Decisions that were made before keep what they said.',
  ];
  return outcomeOf({ lines, json: approval, exitCode: 0 }, style);
};

/**
 * `rules approve`: writes to the log of a service, whether it runs or not, that a clinician of the site approves a released version.
 * @throws CommandError where it is refused, or the rules or the database cannot be used
 */
export const approveCommand = async (
  { rulesDir, dataDir }: Site,
  asked: ApproveAsked,
  style: Style,
): Promise<Outcome> => {
  const read = readAsked(asked);
  const rules = loadRules(rulesDir);
  const log = openLog(dataDir);
  try {
    const outcome = await approveWhereFree(read, { log, rules });
    if (outcome.kind === 'approved') return approvedOutcome(outcome.approval, style);
    throw new CommandError(outcome.kind === 'unfit' ? EXIT.usage : EXIT.fault, outcome.faults);
  } finally {
    await log.close();
  }
};
