import { isDraft, type RuleSet } from '../rules/rule-set.js';
import type { Instant } from '../values/instant.js';
import { isAnotherBody, type EventPorts } from './activate.js';
import { faultsOfAsked, tidyAsked, type ApprovalAsked, type ApprovalFault } from './approval-asked.js';
import { entryTime } from './entries.js';
import { newEntry, SERVICE_ORGANISATION } from './new-entry.js';
import type { Ports } from './ports.js';
import type { LoggedApproval } from './rule-events.js';
import type { Rulebook } from './rulebook.js';
import { rulebooksIn, storeKnowing } from './rulebooks.js';

/** What became of an approval: it is in the log; or it was asked for in a way that cannot be meant; or what is there already stands against it. */
export type ApprovalOutcome =
  | { readonly kind: 'approved'; readonly approval: LoggedApproval }
  | { readonly kind: 'unfit'; readonly faults: readonly ApprovalFault[] }
  | { readonly kind: 'refused'; readonly faults: readonly ApprovalFault[] };

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

const hasApproved = (book: Rulebook, { sha256, by, role }: LoggedApproval): boolean =>
  book.approvalsOf(sha256).some((earlier) => earlier.by === by && earlier.role === role);

type ApprovalPorts = EventPorts & Pick<Ports, 'log' | 'pause'>;

type Approving = { readonly approval: LoggedApproval; readonly released: RuleSet; readonly at: Instant };

const append = async (
  { approval: { sha256, ruleSet, version, by, role, on }, at }: Approving,
  ports: ApprovalPorts,
  { upTo }: Rulebook,
): Promise<void> => {
  const entry = newEntry(
    {
      id: ports.chance.newId(),
      at,
      organisation: SERVICE_ORGANISATION,
      kind: 'approval',
      ruleSetHash: sha256,
      parts: { approval: { ruleSet, version, by, role, on } },
    },
    ports,
  );
  await ports.log.append([entry], upTo);
};

const approve = async (approving: Approving, ports: ApprovalPorts) => {
  const { approval, released } = approving;
  const name = `\`${approval.ruleSet}\` ${approval.version}`;
  return storeKnowing(await rulebooksIn(ports), async (book): Promise<ApprovalOutcome> => {
    if (isAnotherBody(released, book))
      return refused(
        'version-changed',
        `${name} is not what the log knows by this name: its files were changed after it was released`,
      );
    if (hasApproved(book, approval))
      return refused('already-approved', `${approval.by}, ${approval.role}, has approved ${name} already`);
    await append(approving, ports, book);
    return { kind: 'approved', approval };
  });
};

/**
 * Writes to the log that a clinician of the site approves a released version, bound to its SHA-256. Several may approve one version; the same person
 * in the same role does so once.
 * @throws LogUnavailableError where it could not be made durable
 */
export const approveVersion = async (
  received: ApprovalAsked,
  ports: ApprovalPorts,
): Promise<ApprovalOutcome> => {
  const now = ports.clock();
  const at = entryTime(now);
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
  const approval = { ruleSet: set, version, sha256: found.sha256, by, role, on, at };
  return approve({ approval, released: found, at: now }, ports);
};
