import type { ApprovalAsked } from '../services/approval-asked.js';
import { approveVersion } from '../services/approve-version.js';
import type { LoggedApproval } from '../services/rule-events.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';
import { readVersionName, writeOnSite, type WrittenSite } from './site-event.js';

/** What is to be approved, as it was typed: `name` is `<set>@<version>`. */
export type ApproveAsked = Omit<ApprovalAsked, 'set' | 'version'> & { readonly name: string };

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
  site: WrittenSite,
  { name, ...asked }: ApproveAsked,
  style: Style,
): Promise<Outcome> => {
  const version = readVersionName(name);
  const { approval } = await writeOnSite(site, (ports) => approveVersion({ ...version, ...asked }, ports));
  return approvedOutcome(approval, style);
};
