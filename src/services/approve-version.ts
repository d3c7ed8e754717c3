import type { RuleSet } from '../rules/rule-set.js';
import type { Instant } from '../values/instant.js';
import type { EventPorts } from './activate.js';
import { faultsOfAsked, tidyAsked, type ApprovalAsked } from './approval-asked.js';
import { entryTime } from './entries.js';
import { newEntry, SERVICE_ORGANISATION } from './new-entry.js';
import type { Ports } from './ports.js';
import type { LoggedApproval } from './rule-events.js';
import type { Rulebook } from './rulebook.js';
import { rulebooksIn, storeKnowing } from './rulebooks.js';
import { refused, releaseAsked, whyUnusable, type Declined } from './version-asked.js';

/** What became of an approval: it is in the log; or it was asked for in a way that cannot be meant; or what is there already stands against it. */
export type ApprovalOutcome = { readonly kind: 'approved'; readonly approval: LoggedApproval } | Declined;

const hasApproved = (book: Rulebook, { sha256, by, role }: LoggedApproval): boolean =>
  book.approvalsOf(sha256).some((earlier) => earlier.by === by && earlier.role === role);

type ApprovalPorts = EventPorts & Pick<Ports, 'log' | 'pause'>;

type Approving = { readonly approval: LoggedApproval; readonly release: RuleSet; readonly at: Instant };

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
  const { approval, release } = approving;
  const name = `\`${approval.ruleSet}\` ${approval.version}`;
  return storeKnowing(await rulebooksIn(ports), async (book): Promise<ApprovalOutcome> => {
    const unusable = whyUnusable(release, book, ports);
    if (unusable !== null) return unusable;
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
  const found = releaseAsked(asked, ports);
  if (found.kind !== 'found') return found;
  const { set, version, by, role, on } = asked;
  const approval = { ruleSet: set, version, sha256: found.release.sha256, by, role, on, at };
  return approve({ approval, release: found.release, at: now }, ports);
};
