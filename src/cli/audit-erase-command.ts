import { countOn, eraseSubject, type SubjectErasureAsked, type SubjectErased } from '../services/erase.js';
import type { Ports } from '../services/ports.js';
import { ruleLibraryOf } from '../storage/rule-library.js';
import { EXIT } from './exit-codes.js';
import { outcomeOf, type Outcome, type Report, type Style } from './rules-outcome.js';
import { errorOf } from './site-event.js';
import { openSite, whereFree } from './site-log.js';

/** Where the log lies, whether anything is to be erased at all, and for whom it is told. */
type Erasing = { readonly dataDir: string; readonly dryRun: boolean; readonly style: Style };

/** An erasure is about no rule set: none is read. */
const NO_RULES = ruleLibraryOf([]);

const entries = (count: number): string => (count === 1 ? '1 entry' : `${String(count)} entries`);

const NOTHING: Report = {
  lines: ['Nothing is kept under this reference. It must be as it was sent with the intakes.'],
  json: { erased: 0, positions: [], entries: [], traceless: true },
  exitCode: EXIT.ok,
};

const wouldErase = (count: number): Report => ({
  lines: [`${entries(count)} would be erased. Nothing was.`],
  json: { wouldErase: count },
  exitCode: EXIT.ok,
});

const reportOf = ({ positions, entries: said, traceless }: SubjectErased): Report => ({
  lines: [
    `${entries(positions.length)} erased: at ${positions.join(', ')} of the log. Entry ${said.join(', ')} says so.`,
    traceless
      ? 'No byte of them is left in the database or its write-ahead log. Backups and exports are not reached from here.'
      : 'Their keys are destroyed, so nobody can read them; but sealed bytes of them may be left in the files of the database, because it was in use all the time: stop the service and start it again.',
  ],
  json: { erased: positions.length, positions, entries: said, traceless },
  exitCode: traceless ? EXIT.ok : EXIT.fault,
});

const erase = async (asked: SubjectErasureAsked, ports: Ports, dryRun: boolean): Promise<Report> => {
  if (dryRun) {
    const count = await countOn(asked, ports);
    return count === 0 ? NOTHING : wouldErase(count);
  }
  const outcome = await eraseSubject(asked, ports);
  if (outcome.kind === 'nothing') return NOTHING;
  if (outcome.kind === 'erased') return reportOf(outcome);
  throw errorOf(outcome);
};

/**
 * `audit erase`: erases all that is kept on one patient in the log of a service, whether it runs or not.
 * @throws CommandError where it is asked for in a way that cannot be meant, or the database cannot be used
 */
export const auditEraseCommand = async (
  asked: SubjectErasureAsked,
  { dataDir, dryRun, style }: Erasing,
): Promise<Outcome> => {
  const ports = openSite(dataDir, NO_RULES);
  try {
    return outcomeOf(await whereFree(() => erase(asked, ports, dryRun)), style);
  } finally {
    await ports.log.close();
  }
};
