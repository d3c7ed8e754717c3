import type { Entry } from '../log/entry.js';
import type { Decision } from '../screening/decision.js';
import type { Facts } from '../screening/facts.js';
import type { FactsRead, Intake } from '../screening/intake.js';
import type { JsonValue } from '../values/json.js';
import { answerOf, partOf } from './entries.js';
import type { DecisionSummary } from './summaries.js';

/** What a decision rests on beside its facts and its version: who, when, and what the reader found in the data. */
export type DecisionContext = Omit<Decision, 'id' | 'ruleSet' | 'screening'>;

/** What a hook is answered with in place of the answer: by which service, the cards, and the ids by which feedback names them. */
export type Cards = { readonly service: string; readonly body: JsonValue; readonly ids: readonly string[] };

/** How the format of a request writes its answer; and, where a hook asked, its cards. */
export type AnswerWriter = {
  readonly answer: (decision: Decision) => JsonValue;
  readonly findings: (decision: Decision) => JsonValue;
  readonly cards?: (decision: Decision, newId: () => string) => Cards;
};

/** The name of the part that holds the cards. */
export const CARDS_PART = 'cards';

/** What is read of a part is what was written into it: nothing else writes to the log. */
const parseContext: (text: string) => DecisionContext = JSON.parse;
const parseIntake: (text: string) => { readonly received: JsonValue; readonly facts: Facts } = JSON.parse;
const parseSummary: (text: string) => DecisionSummary = JSON.parse;
const parseJson: (text: string) => JsonValue = JSON.parse;

const contextOf = (decision: Decision): DecisionContext => ({
  subject: decision.subject,
  supersedes: decision.supersedes,
  asOf: decision.asOf,
  evaluatedAt: decision.evaluatedAt,
  retrospective: decision.retrospective,
  approval: decision.approval,
  engine: decision.engine,
  unmapped: decision.unmapped,
  dataQuality: decision.dataQuality,
  ...(decision.provenance === undefined ? {} : { provenance: decision.provenance }),
});

const hookOf = ({ screening }: Decision, cards: Cards | null): Pick<DecisionSummary, 'hook'> =>
  cards === null
    ? {}
    : {
        hook: {
          service: cards.service,
          cards: cards.ids,
          rules: screening.reasons.map(({ rule }) => rule.id),
        },
      };

const summaryOf = ({ subject, supersedes, ruleSet, screening }: Decision): DecisionSummary => ({
  subject,
  supersedes,
  verdict: screening.verdict,
  bounds: screening.bounds,
  rules: screening.findings.filter(({ truth }) => truth === 'true').map(({ rule }) => rule.id),
  ruleSet: { id: ruleSet.body.id, version: ruleSet.body.version },
});

/**
 * The parts of the entry of a decision: the intake as it was received with the facts that were read of it, the context, the answer as it is
 * sent, every rule with its truth, the cards where a hook asked, and what the decision is found by. Facts and context are all that is needed to decide again.
 */
export const decisionParts = (
  {
    decision,
    intake,
    read,
    cards,
  }: {
    readonly decision: Decision;
    readonly intake: Intake;
    readonly read: FactsRead;
    readonly cards: Cards | null;
  },
  write: AnswerWriter,
): Readonly<Record<string, JsonValue>> => ({
  intake: { received: intake.received, facts: read.facts },
  context: contextOf(decision),
  answer: write.answer(decision),
  findings: write.findings(decision),
  ...(cards === null ? {} : { [CARDS_PART]: cards.body }),
  summary: { ...summaryOf(decision), ...hookOf(decision, cards) },
});

/** Every rule of a decision with its truth, as canonical JSON. */
export const findingsOf = (decision: Entry): string => partOf(decision, 'findings');

/** What a decision rests on beside its facts and its version. */
export const readContext = (decision: Entry): DecisionContext => parseContext(partOf(decision, 'context'));

/** By what a decision is found, and what a list tells of it. */
export const readSummary = (decision: Entry): DecisionSummary => parseSummary(partOf(decision, 'summary'));

/** The facts that a decision was made on. */
export const readStoredFacts = (decision: Entry): Facts => parseIntake(partOf(decision, 'intake')).facts;

/** The answer and the findings of a decision as one JSON value. */
export const readOutcome = (decision: Entry): JsonValue => ({
  answer: parseJson(answerOf(decision)),
  findings: parseJson(findingsOf(decision)),
});
