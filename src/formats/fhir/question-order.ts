import { indexFacts, type Dictionary } from '../../rules/dictionary.js';
import type { Fact, SentFact } from '../../rules/fact.js';
import type { RuleSetBody } from '../../rules/rule-set.js';

/** A question with what is asked because of it: its particulars where it is a gate, and its details. All in the order of the dictionary. */
export type Question = {
  readonly fact: SentFact;
  readonly particulars: readonly Question[];
  readonly details: readonly Question[];
};

/** Questions that stand together under a title. */
export type Section = {
  readonly linkId: string;
  readonly title: string;
  readonly questions: readonly Question[];
};

/** Where a question stands: under a gate, after what it is a detail of, or, without a place of these, in its section. */
type Place = { readonly gate?: string; readonly whole?: string };

const TREATMENT = { linkId: 'about:treatment', title: 'The planned treatment' };

const isGate = (fact: Fact): boolean => fact.type === 'boolean' && fact.gate !== undefined;

const isSent = (fact: Fact): fact is SentFact => fact.type !== 'derived';

const sectionIdOf = ({ about, domain }: Fact): string =>
  about === 'treatment' ? TREATMENT.linkId : `domain:${domain}`;

const placeOf = (fact: SentFact, { facts, gateOf }: Dictionary): Place => {
  const gate = gateOf.get(fact.id);
  const whole = fact.detailOf === undefined ? undefined : facts.get(fact.detailOf);
  if (gate !== undefined)
    return whole !== undefined && gateOf.get(whole.id) === gate ? { whole: whole.id } : { gate };
  // A gate is asked where the dictionary has it: within another gate's group, a no to that one would hide its particulars too.
  const moves = whole !== undefined && sectionIdOf(whole) === sectionIdOf(fact) && !isGate(fact);
  return moves ? { whole: whole.id } : {};
};

type Placed = { readonly fact: SentFact; readonly place: Place };

const questionOf =
  (placed: readonly Placed[]) =>
  (fact: SentFact): Question => {
    const of = (isHere: (place: Place) => boolean): readonly Question[] =>
      placed.filter(({ place }) => isHere(place)).map((one) => questionOf(placed)(one.fact));
    return {
      fact,
      particulars: of(({ gate }) => gate === fact.id),
      details: of(({ whole }) => whole === fact.id),
    };
  };

const titleOf = (domain: string, { domains }: RuleSetBody): string =>
  domains.find(({ id }) => id === domain)?.title ??
  `${domain.charAt(0).toUpperCase()}${domain.slice(1).replaceAll('-', ' ')}`;

const sectionOf = (linkId: string, questions: readonly Question[], body: RuleSetBody): Section => {
  const domain = questions[0]?.fact.domain ?? '';
  return { linkId, title: linkId === TREATMENT.linkId ? TREATMENT.title : titleOf(domain, body), questions };
};

/**
 * The questions of a version, in the order in which a person is asked them: by domain, and what is about the planned treatment (which is for the clinic
 * to answer) at the end. Domains come in the order in which the dictionary first names them, and questions in its order too, because later ones refer to
 * earlier ones ("such thoughts"); but the particulars of a gate stand together behind it, and details (but for gates) behind what they are details of,
 * where that is in the same domain.
 * INVARIANT: every fact that is sent stands in one place. No order of keys has a part in it.
 */
export const questionsInOrder = (body: RuleSetBody): readonly Section[] => {
  const dictionary = indexFacts(body.facts);
  const placed = body.facts.filter(isSent).map((fact) => ({ fact, place: placeOf(fact, dictionary) }));
  const roots = placed.filter(({ place }) => place.gate === undefined && place.whole === undefined);
  const ids = [...new Set(roots.map(({ fact }) => sectionIdOf(fact)))];
  const inOrder = [
    ...ids.filter((id) => id !== TREATMENT.linkId),
    ...ids.filter((id) => id === TREATMENT.linkId),
  ];
  return inOrder.map((id) => {
    const own = roots.filter(({ fact }) => sectionIdOf(fact) === id);
    return sectionOf(
      id,
      own.map(({ fact }) => questionOf(placed)(fact)),
      body,
    );
  });
};
