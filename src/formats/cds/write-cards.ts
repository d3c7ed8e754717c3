import type { JsonObject, JsonValue } from '../../values/json.js';
import type { Decision } from '../../screening/decision.js';
import { answerSchema } from '../intake/answer-schema.js';
import { writeAnswer } from '../intake/write-answer.js';
import { detailOf } from './card-detail.js';
import { summaryOf, type NativeAnswer } from './card-summary.js';
import { linksOf } from './card-links.js';
import { OVERRIDE_REASONS } from './override-reasons.js';
import { TREATMENT_NAME } from './treatment.js';
import { withoutEmpty } from './without-empty.js';

/** Says nothing. The one empty list that CDS Hooks allows. */
export const NO_CARDS: JsonObject = { cards: [] };

/** Where a decision stands in a card, for programs. */
export const DECISION_EXTENSION = 'org.ketamine-screening.decision';

/** The indicator of each verdict. One that is not known here is none: a verdict that could not be placed must not look mild. */
const INDICATORS: Readonly<Record<string, 'info' | 'warning' | 'critical'>> = {
  eligible: 'info',
  review: 'warning',
  incomplete: 'warning',
  ineligible: 'critical',
};

const sourceOf = (base: string | null): JsonObject => ({
  label: 'ketamine-screening',
  url: base,
  topic: {
    system: 'urn:ketamine-screening:topic',
    code: 'contraindications',
    display: 'Contraindications to the ordered treatment',
  },
});

const extensionOf = ({ id, verdict, ruleSet, validUntil }: NativeAnswer): JsonObject => ({
  [DECISION_EXTENSION]: {
    id,
    verdict,
    ruleSet: { id: ruleSet.id, version: ruleSet.version, sha256: ruleSet.sha256 },
    validUntil,
  },
});

/** How cards are made: a new id for each, and the address under which the service is reached from elsewhere, where it has one. */
export type CardMaking = { readonly newId: () => string; readonly base: string | null };

/** The card of an answer. */
const cardOf = (answer: NativeAnswer, { newId, base }: CardMaking): JsonObject =>
  withoutEmpty({
    uuid: newId().toLowerCase(),
    summary: summaryOf(answer),
    indicator: INDICATORS[answer.verdict] ?? 'critical',
    detail: detailOf(answer),
    source: sourceOf(base),
    overrideReasons: answer.verdict === 'eligible' ? [] : OVERRIDE_REASONS,
    links: base === null ? [] : linksOf(answer, base),
    extension: extensionOf(answer),
  });

/** What a decision is answered with on a hook: its cards, and the ids by which feedback names them. */
export type Cards = { readonly body: JsonValue; readonly ids: readonly string[] };

/** Writes a decision as cards: one, whatever the verdict is, so that nobody has to read two to know it. */
export const cardsOf = (decision: Decision, making: CardMaking): Cards => {
  const card = cardOf(answerSchema.parse(writeAnswer(decision)), making);
  return { body: { cards: [card] }, ids: typeof card.uuid === 'string' ? [card.uuid] : [] };
};

/**
 * The answer where an order names no medicine that can be looked at. Nothing was screened and nothing is stored: silence would read as if the order were known to
 * be another one.
 */
export const unclearCards = (orders: number, base: string | null): JsonObject => ({
  cards: [
    withoutEmpty({
      summary: `${TREATMENT_NAME}: cannot tell whether an order is for it, so it was not screened for`,
      indicator: 'warning',
      detail: `${orders === 1 ? 'One order names its medicine' : `${orders} orders name their medicine`} only by a reference or a code that could not be looked up. If any of them is for this treatment, screen the patient before it is given.`,
      source: sourceOf(base),
    }),
  ],
});
