import type { ApprovalAsked } from '../services/approval-asked.js';
import { approveVersion } from '../services/approve-version.js';
import type { LoggedApproval } from '../services/rule-events.js';
import { CommandError, EXIT, wrongUsage } from './exit-codes.js';
import { loadRules } from './load-rules.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';
import { openSite, whereFree } from './site-log.js';

/** What is to be approved, as it was typed: `name` is `<set>@<version>`. */
export type ApproveAsked = Omit<ApprovalAsked, 'set' | 'version'> & { readonly name: string };

/** Where the rules and the database of the service are. */
export type Site = { readonly rulesDir: string; readonly dataDir: string };

const readAsked = ({ name, ...asked }: ApproveAsked): ApprovalAsked => {
  const [set, version, ...more] = name.split('@');
  if (set === undefined || version === undefined || set === '' || version === '' || more.length > 0)
    throw wrongUsage('name the version as <set>@<version>: see `rules list`');
  return { ...asked, set, version };
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
  const ports = openSite(dataDir, loadRules(rulesDir));
  try {
    const outcome = await whereFree(() => approveVersion(read, ports));
    if (outcome.kind === 'approved') return approvedOutcome(outcome.approval, style);
    throw new CommandError(outcome.kind === 'unfit' ? EXIT.usage : EXIT.fault, outcome.faults);
  } finally {
    await ports.log.close();
  }
};
