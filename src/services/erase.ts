import { ERASURE_PART, type Erasure } from '../log/erasure.js';
import type { Lookup, NewEntry } from '../log/entry.js';
import type { Instant } from '../values/instant.js';
import { faultsOfPerson, faultsOfReason, tidyPerson, tidyText, type PersonAsked } from './event-asked.js';
import { newEntry, NO_RULE_SET } from './new-entry.js';
import type { DecisionLog, Ports } from './ports.js';
import type { Declined } from './version-asked.js';

/** What is to be erased: everything on one patient of an organisation; by whom, in which role, and why. */
export type SubjectErasureAsked = PersonAsked & {
  readonly organisation: string;
  readonly subject: string;
  readonly reason: string;
};

/** The payloads that were erased: of which entries, which entries of the log say so, and whether the files of the database hold no trace of them. */
export type SubjectErased = {
  readonly kind: 'erased';
  readonly positions: readonly number[];
  readonly entries: readonly number[];
  readonly traceless: boolean;
};

/** What became of an erasure: there is nothing on that patient; or it was asked for in a way that cannot be meant. */
export type ErasureOutcome = SubjectErased | { readonly kind: 'nothing' } | Declined;

/** What erasures are made with. */
export type ErasurePorts = Pick<Ports, 'log' | 'chance' | 'clock' | 'subjectHash'>;

const PAGE = 200;

/** How often it is looked for more, because something was decided on the patient meanwhile. */
const MOST_ROUNDS = 10;

type ErasureContent = Erasure & { readonly organisation: string; readonly at: Instant };

/** The entry that says what was erased. It names positions and nothing of a patient, so that it can stand in the log for ever. */
export const erasureEntry = (
  { organisation, at, ...erasure }: ErasureContent,
  ports: Pick<Ports, 'chance' | 'subjectHash'>,
): NewEntry =>
  newEntry(
    {
      id: ports.chance.newId(),
      at,
      organisation,
      kind: 'erasure',
      ruleSetHash: NO_RULE_SET,
      parts: { [ERASURE_PART]: { ...erasure } },
    },
    ports,
  );

/** The entries that are found by something, page by page. Nothing of their payload is opened: a damaged one can be erased too. */
async function* foundBy(
  has: Lookup,
  organisation: string,
  log: DecisionLog,
): AsyncGenerator<{ readonly id: string; readonly position: number }, void, void> {
  const nothing = { also: [], from: null, to: null, parts: [] };
  for (let after = -1; ;) {
    const page = await log.page({ organisation, has, ...nothing, after, limit: PAGE });
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.position;
  }
}

/** The positions of all that is kept on a patient: decisions, what clinicians decided on them, and intakes. */
const positionsOn = async (
  { organisation, subject }: Pick<SubjectErasureAsked, 'organisation' | 'subject'>,
  { log, subjectHash }: ErasurePorts,
): Promise<readonly number[]> => {
  const positions = new Set<number>();
  const own = { name: 'subject', value: subjectHash(organisation, subject) } as const;
  for await (const { id, position } of foundBy(own, organisation, log)) {
    positions.add(position);
    for await (const about of foundBy({ name: 'decision', value: id }, organisation, log))
      positions.add(about.position);
  }
  return [...positions].toSorted((a, b) => a - b);
};

/** How many entries are kept on a patient. @throws LogUnavailableError */
export const countOn = async (
  asked: Pick<SubjectErasureAsked, 'organisation' | 'subject'>,
  ports: ErasurePorts,
): Promise<number> => (await positionsOn(asked, ports)).length;

/**
 * Erases everything on one patient, once and for all: payloads, their keys, and all that they are found by. The log keeps that there was something, and its proofs
 * hold. What is decided on the patient while it runs is erased as well.
 * @throws LogUnavailableError where it could not be done to the end: it can be asked for again
 */
export const eraseSubject = async (
  received: SubjectErasureAsked,
  ports: ErasurePorts,
): Promise<ErasureOutcome> => {
  const asked = { ...tidyPerson(received), reason: tidyText(received.reason) };
  const faults = [...faultsOfPerson(asked), ...faultsOfReason(asked.reason)];
  if (faults.length > 0) return { kind: 'unfit', faults };
  const { organisation, by, role, reason } = asked;
  const erased: number[] = [];
  const entries: number[] = [];
  let traceless = true;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const positions = await positionsOn(asked, ports);
    if (positions.length === 0) break;
    const content = {
      organisation,
      at: ports.clock(),
      cause: 'subject',
      positions,
      by,
      role,
      reason,
    } as const;
    const outcome = await ports.log.erase({
      entry: erasureEntry(content, ports),
      positions,
      thorough: true,
    });
    erased.push(...positions);
    entries.push(outcome.position);
    traceless &&= outcome.traceless;
  }
  return entries.length === 0
    ? { kind: 'nothing' }
    : { kind: 'erased', positions: erased, entries, traceless };
};
