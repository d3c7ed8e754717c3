import { NOTICE } from '../formats/intake/write-answer.js';
import type { Verdict } from '../screening/decide.js';
import type { LooseDecision } from '../services/loose-decision.js';

/** What a run of `screen` came to. It grows with the number of rule-set versions, not with the number of intakes. */
export type Tally = {
  readonly screened: number;
  readonly faulty: number;
  /** Intakes that name an earlier decision, which nobody looked up. */
  readonly superseding: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** The versions that answered, each with who approved it. */
  readonly versions: readonly string[];
};

/** The tally of nothing yet. */
export const NO_INTAKES: Tally = {
  screened: 0,
  faulty: 0,
  superseding: 0,
  verdicts: { eligible: 0, review: 0, incomplete: 0, ineligible: 0 },
  versions: [],
};

/** The tally with one more screening. */
export const withScreening = (tally: Tally, decision: LooseDecision): Tally => {
  const { ruleSet, approval, supersedes } = decision;
  const { verdict } = decision.screening;
  const version = `${ruleSet.body.id} ${ruleSet.body.version}, ${approval}`;
  return {
    ...tally,
    screened: tally.screened + 1,
    superseding: tally.superseding + (supersedes === null ? 0 : 1),
    verdicts: { ...tally.verdicts, [verdict]: tally.verdicts[verdict] + 1 },
    versions: tally.versions.includes(version) ? tally.versions : [...tally.versions, version],
  };
};

/** The tally with one more intake that has faults. */
export const withFaults = (tally: Tally): Tally => ({ ...tally, faulty: tally.faulty + 1 });

/** Said with every run, so that no one takes what it prints for a decision. */
const NOT_STORED =
  'Nothing was stored and no decision id exists: only POST /screen of the service makes a decision.';

const NOT_LOOKED_UP = 'An earlier decision that an intake supersedes was not looked up.';

const countsOf = ({ screened, faulty, verdicts }: Tally): string => {
  const each = Object.entries(verdicts)
    .filter(([, number]) => number > 0)
    .map(([verdict, number]) => `${number} ${verdict}`);
  const faults = faulty === 0 ? '' : `; ${faulty} with faults, and so not screened`;
  return `${screened} screened${each.length === 0 ? '' : `: ${each.join(', ')}`}${faults}.`;
};

/** The end of a run for people: the counts, the versions, and what it is not. */
export const footerLines = (tally: Tally, interrupted: boolean): readonly string[] => [
  `${interrupted ? 'Interrupted. ' : ''}${countsOf(tally)}`,
  ...tally.versions.map((version) => `By ${version}.`),
  ...(tally.superseding > 0 ? [NOT_LOOKED_UP] : []),
  NOT_STORED,
  NOTICE,
];

/** The end of a run for programs: one JSON object. */
export const footerJson = (tally: Tally, interrupted: boolean): string =>
  JSON.stringify({ summary: { ...tally, interrupted, stored: false }, notice: `${NOT_STORED} ${NOTICE}` });
