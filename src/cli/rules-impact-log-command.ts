import type { ComparedVersions, VersionPair } from '../services/compare-rule-sets.js';
import { impactOnDecisions } from '../services/decision-impact.js';
import type { Ports } from '../services/ports.js';
import { rulebooksIn } from '../services/rulebooks.js';
import type { JsonObject } from '../values/json.js';
import { listedOf, NO_IMPACT, VERDICTS, withImpact, type LogImpact, type Moved } from './log-impact.js';
import type { Progress } from './progress.js';
import { comparedAmong } from './rules-diff-command.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';
import type { Site } from './site-event.js';
import { readOnSite } from './site-read.js';

/** Which versions are compared on the decisions of a service, and where it is told how far it is. */
export type LogImpactAsked = { readonly pair: VersionPair; readonly progress: Progress };

const matrixLines = ({ matrix }: LogImpact, { from, to }: VersionPair): readonly string[] => [
  `| by ${from}, and by ${to}: | ${VERDICTS.join(' | ')} |`,
  `| --- | ${VERDICTS.map(() => '---').join(' | ')} |`,
  ...VERDICTS.map((verdict) => {
    const cells = VERDICTS.map((other) => String(matrix[verdict][other]));
    return `| ${verdict} | ${cells.join(' | ')} |`;
  }),
];

type Move = { readonly from: string; readonly to: string; readonly decisions: number };

/** Each move from one verdict to another that any decision makes. */
const movesOf = ({ matrix }: LogImpact): readonly Move[] =>
  VERDICTS.flatMap((from) =>
    VERDICTS.flatMap((to) => {
      const decisions = matrix[from][to];
      return from === to || decisions === 0 ? [] : [{ from, to, decisions }];
    }),
  );

const rowOf = ({ id, change: { verdict, reasons } }: Moved): string => {
  const rules = [...reasons.removed.map((rule) => `-${rule}`), ...reasons.added.map((rule) => `+${rule}`)];
  return `| ${id} | ${verdict.from} | ${verdict.to} | ${rules.length === 0 ? '-' : rules.join(', ')} |`;
};

const listLines = (impact: LogImpact): readonly string[] => {
  const { listed, more } = listedOf(impact);
  if (listed.length === 0) return [];
  return [
    '',
    '| decision | verdict before | after | reasons that came and went |',
    '| --- | --- | --- | --- |',
    ...listed.map(rowOf),
    ...(more === 0 ? [] : ['', `and ${more} more`]),
  ];
};

const nothingLines = ({ erased, damaged }: LogImpact): readonly string[] => [
  ...(erased === 0 ? [] : [`${erased} more were erased, so of them there is nothing to compare.`]),
  ...(damaged === 0
    ? []
    : [`${damaged} more are damaged, so of them there is nothing to compare: see \`audit replay\`.`]),
];

const linesOf = (impact: LogImpact, pair: VersionPair): readonly string[] => {
  const { compared, otherVerdict, otherReasons } = impact;
  return [
    `### ${pair.set}: what ${pair.to} would have said of the decisions by ${pair.from}`,
    '',
    ...matrixLines(impact, pair),
    ...listLines(impact),
    '',
    `${otherVerdict.count} of ${compared} decisions would have another verdict, ${otherReasons.count} the same for other reasons.`,
    ...movesOf(impact).map(({ from, to, decisions }) => `${from} to ${to}: ${decisions}`),
    ...nothingLines(impact),
    `It is hypothetical: what only ${pair.to} asks, nobody was asked. Nothing was stored.`,
  ];
};

const movedJson = ({ id, change: { verdict, reasons } }: Moved): JsonObject => ({
  decision: id,
  verdict: { ...verdict },
  reasons: { ...reasons },
});

const jsonOf = (impact: LogImpact, { from, to }: ComparedVersions): JsonObject => {
  const { compared, erased, damaged, otherVerdict, otherReasons } = impact;
  const { listed, more } = listedOf(impact);
  return {
    hypothetical: true,
    ruleSet: from.body.id,
    from: { version: from.body.version, sha256: from.sha256 },
    to: { version: to.body.version, sha256: to.sha256 },
    decisions: compared,
    erased,
    damaged,
    otherVerdict: otherVerdict.count,
    otherReasons: otherReasons.count,
    matrix: Object.fromEntries(VERDICTS.map((verdict) => [verdict, { ...impact.matrix[verdict] }])),
    listed: listed.map(movedJson),
    more,
  };
};

const impactIn = async (
  { log }: Ports,
  compared: ComparedVersions,
  progress: Progress,
): Promise<LogImpact> => {
  let impact = NO_IMPACT;
  for await (const { passed, size, decisions } of impactOnDecisions(compared, log)) {
    impact = decisions.reduce(withImpact, impact);
    progress.tell(() => `${passed} of ${size} entries read, ${impact.compared} decisions compared`);
  }
  progress.clear();
  return impact;
};

/**
 * `rules impact --decisions`: what a version would have said of every decision that another one made in a service, whether it runs or not. A version whose
 * file is gone is taken from the log.
 * @throws CommandError where either version is not there, or the rules or the database cannot be used
 */
export const logImpactCommand = async (
  site: Site,
  { pair, progress }: LogImpactAsked,
  style: Style,
): Promise<Outcome> =>
  readOnSite(site, async (ports) => {
    const compared = comparedAmong((await rulebooksIn(ports)).known(), pair);
    const impact = await impactIn(ports, compared, progress);
    return outcomeOf({ lines: linesOf(impact, pair), json: jsonOf(impact, compared), exitCode: 0 }, style);
  });
