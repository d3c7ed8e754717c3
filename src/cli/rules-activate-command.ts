import { approvalInWords } from '../rules/approval.js';
import { activateVersion, type Activated, type ActivationAsked } from '../services/activate-version.js';
import { rulebooksIn } from '../services/rulebooks.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';
import { readVersionName, writeOnSite, type WrittenSite } from './site-event.js';

/** What is to be put in force, as it was typed: `name` is `<set>@<version>`. */
export type ActivateAsked = Omit<ActivationAsked, 'set' | 'version'> & { readonly name: string };

const NOT_APPROVED = 'No clinician has approved it yet, and every answer by it says so: see `rules approve`.';

const warningsOf = ({ approvals }: Activated): readonly string[] =>
  approvals.length === 0 ? [NOT_APPROVED] : [];

const linesOf = (activated: Activated): readonly string[] => {
  const { activation, before, isRollback } = activated;
  const { ruleSet, version, sha256 } = activation;
  const place = before === null ? 'where none was before' : `in place of ${before.version}`;
  return [
    `${ruleSet} ${version}, sha256 ${sha256}, is in force ${place}.`,
    ...(isRollback ? ['It is the older of the two: this is a rollback.'] : []),
    ...warningsOf(activated),
    'Every request that names no version is answered by it from now on. Decisions that were made before keep what they said.',
  ];
};

const activatedOutcome = (activated: Activated, style: Style): Outcome => {
  const { activation, before, isRollback, approvals } = activated;
  const json = {
    ...activation,
    before: before === null ? null : { version: before.version, sha256: before.sha256 },
    rollback: isRollback,
    approval: approvalInWords(approvals),
    warnings: warningsOf(activated).map((detail) => ({ code: 'not-approved', detail })),
  };
  return outcomeOf({ lines: linesOf(activated), json, exitCode: 0 }, style);
};

/**
 * `rules activate`: writes to the log of a service, whether it runs or not, that a released version is in force in its set from now on.
 * @throws CommandError where it is refused, or the rules or the database cannot be used
 */
export const activateCommand = async (
  site: WrittenSite,
  { name, ...asked }: ActivateAsked,
  style: Style,
): Promise<Outcome> => {
  const version = readVersionName(name);
  const activated = await writeOnSite(site, async (ports) =>
    activateVersion({ ...version, ...asked }, { ports, rulebooks: await rulebooksIn(ports) }),
  );
  return activatedOutcome(activated, style);
};
