import type { Instant } from '../values/instant.js';
import { gatesOf, indexFacts } from '../rules/dictionary.js';
import type { RuleSetBody } from '../rules/rule-set.js';
import type { Facts, FactValue } from './facts.js';
import { screen, type Screening } from './screen.js';
import { heldOf, situationAt } from './situation.js';

/** What asking came to: the facts that were answered, in turn, and the screening after the last answer. */
export type Questioning = { readonly asked: readonly string[]; readonly screening: Screening };

const DOES_NOT_KNOW: FactValue = { kind: 'unknown', reason: 'asked-unknown' };

type Answer = readonly [fact: string, value: FactValue];

/** The answer to a question; with a no to a gate come its particulars that the patient holds as unknown, or the gate would fill them. */
const answersTo = (
  body: RuleSetBody,
  patient: Facts,
  asOf: Instant,
): ((fact: string) => readonly Answer[]) => {
  const whole = situationAt(indexFacts(body.facts), patient, asOf);
  const particularsOf = new Map(gatesOf(body.facts).map(({ id, gate }) => [id, gate] as const));
  return (fact) => {
    const { value } = heldOf(whole, fact);
    const isLeftOut = value.kind === 'unknown' && value.reason === 'not-asked';
    const isNo = value.kind === 'boolean' && !value.value;
    const below = isNo ? (particularsOf.get(fact) ?? []) : [];
    return [
      [fact, isLeftOut ? DOES_NOT_KNOW : value],
      ...below
        .map((id) => [id, heldOf(whole, id).value] as const)
        .filter(([, { kind }]) => kind === 'unknown'),
    ];
  };
};

/**
 * Asks a patient of whom nothing is known yet: the first fact of `missing` that was not answered so far, again and again, until the verdict
 * is final or everything that is missing was asked. Each fact is answered once.
 * The answer is what the patient's facts hold, word for word where they hold it as unknown. A particular that they leave out under a
 * gate that is false is answered false, for that is what it is (docs/rule-language.md, section 5); anything else that they leave out is
 * answered `asked-unknown`.
 * INVARIANT: for facts without contradictions it ends with the verdict of the same facts sent all at once.
 * @param body    a rule-set version that passed its checks
 * @param patient all that the patient could answer
 * @param asOf    the moment at which the facts are judged
 */
export const askInTurn = (body: RuleSetBody, patient: Facts, asOf: Instant): Questioning => {
  const answerTo = answersTo(body, patient, asOf);
  const answers = new Map<string, FactValue>();
  for (;;) {
    const screening = screen(body, Object.fromEntries(answers), asOf);
    const next = screening.missing.find(({ fact }) => !answers.has(fact));
    if (next === undefined) return { asked: [...answers.keys()], screening };
    for (const [fact, value] of answerTo(next.fact)) answers.set(fact, value);
  }
};
