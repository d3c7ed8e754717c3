import type { NewEntry } from '../log/entry.js';
import { isDraft, type RuleSet } from '../rules/rule-set.js';
import { readActivation } from './activate.js';
import { faultsOfAsked, tidyAsked, type ApprovalAsked, type ApprovalFault } from './approval-asked.js';
import { approvalsIn, storeKnowing, type ApprovalsKnown, type LoggedApproval } from './approvals.js';
import { entryTime, saltedPart } from './entries.js';
import type { Ports } from './ports.js';

/** What became of an approval: it is in the log; or it was asked for in a way that cannot be meant; or what is there already stands against it. */
export type ApprovalOutcome =
  | { readonly kind: 'approved'; readonly approval: LoggedApproval }
  | { readonly kind: 'unfit'; readonly faults: readonly ApprovalFault[] }
  | { readonly kind: 'refused'; readonly faults: readonly ApprovalFault[] };

type Version = { readonly ruleSet: string; readonly version: string; readonly sha256: string };

const refused = (code: string, detail: string): ApprovalOutcome => ({
  kind: 'refused',
  faults: [{ code, detail }],
});

const unknownVersion = ({ set, version }: ApprovalAsked, ports: Pick<Ports, 'rules'>): ApprovalOutcome => {
  const ofSet = ports.rules.all().filter(({ body }) => body.id === set);
  const detail =
    ofSet.length === 0
      ? `there is no rule set \`${set}\``
      : `\`${set}\` has no version ${version}, but ${ofSet.map(({ body }) => body.version).join(', ')}`;
  return { kind: 'unfit', faults: [{ code: 'unknown-version', detail: `${detail}: see \`rules list\`` }] };
};

/** Whether the log knows another body under the name of a version: then the files are not what was put in force or approved. */
const isAnotherBody = ({ body, sha256 }: RuleSet, events: readonly Version[]): boolean =>
  events.some(
    (event) => event.ruleSet === body.id && event.version === body.version && event.sha256 !== sha256,
  );

const hasApproved = (known: ApprovalsKnown, { sha256, by, role }: LoggedApproval): boolean =>
  known.of(sha256).some((earlier) => earlier.by === by && earlier.role === role);

type ApprovalPorts = Pick<Ports, 'log' | 'rules' | 'clock' | 'chance' | 'pause'>;

const append = async (
  { at, sha256, ...words }: LoggedApproval,
  { log, chance }: ApprovalPorts,
  { upTo }: ApprovalsKnown,
): Promise<void> => {
  const entry: NewEntry = {
    id: chance.newId(),
    at,
    organisation: 'service',
    kind: 'approval',
    ruleSetHash: sha256,
    parts: { approval: saltedPart(words, chance) },
  };
  await log.append([entry], upTo);
};

const approve = async (approval: LoggedApproval, released: RuleSet, ports: ApprovalPorts) => {
  const activations = (await ports.log.activations()).map(readActivation);
  const name = `\`${approval.ruleSet}\` ${approval.version}`;
  return storeKnowing(await approvalsIn(ports), async (known): Promise<ApprovalOutcome> => {
    if (isAnotherBody(released, [...activations, ...known.all]))
      return refused(
        'version-changed',
        `${name} is not what the log knows by this name: its files were changed after it was released`,
      );
    if (hasApproved(known, approval))
      return refused('already-approved', `${approval.by}, ${approval.role}, has approved ${name} already`);
    await append(approval, ports, known);
    return { kind: 'approved', approval };
  });
};

/**
 * Writes to the log that a clinician of the site approves a released version, bound to its SHA-256. Several may approve one version; the same person
 * in the same role does so once.
 * @throws LogUnavailableError where it could not be made durable, ActivationError where the log cannot be read
 */
export const approveVersion = async (
  received: ApprovalAsked,
  ports: ApprovalPorts,
): Promise<ApprovalOutcome> => {
  const at = entryTime(ports.clock());
  const today = at.slice(0, 'YYYY-MM-DD'.length);
  const asked = tidyAsked(received, today);
  const faults = faultsOfAsked(asked, today);
  if (faults.length > 0) return { kind: 'unfit', faults };
  const { set, version, by, role, on } = asked;
  const found = ports.rules.find(set, version);
  if (found === null) return unknownVersion(asked, ports);
  if (isDraft(version))
    return refused(
      'draft-may-change',
      `\`${set}\` ${version} is a draft, which may still change: release it first (\`rules release\`)`,
    );
  return approve({ ruleSet: set, version, sha256: found.sha256, by, role, on, at }, found, ports);
};
