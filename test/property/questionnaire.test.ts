import { questionnaireSchema } from '../../src/formats/fhir/questionnaire-schema.js';
import { writeQuestionnaire } from '../../src/formats/fhir/write-questionnaire.js';
import { gatesOf, indexFacts } from '../../src/rules/dictionary.js';
import type { SentFact } from '../../src/rules/fact.js';
import type { RuleSet, RuleSetBody } from '../../src/rules/rule-set.js';
import type { Draw } from '../support/generate-draw.js';
import { pick, withShuffledKeys } from '../support/generate-draw.js';
import { accepted, drawRuleSet } from '../support/generate-rule-set.js';
import { questionnaireFaults } from '../support/questionnaire-faults.js';
import {
  allItems,
  itemsOf,
  shownItems,
  type Answers,
  type FormItem,
  type Reading,
} from '../support/questionnaire-form.js';
import { law, laws, must } from './law.js';

const written = ({ body, sha256 }: RuleSet) => writeQuestionnaire(body, sha256);

const sentIn = ({ facts }: RuleSetBody): readonly SentFact[] =>
  facts.filter((fact): fact is SentFact => fact.type !== 'derived');

/** Answers to some questions: any option, or any value where there are none. */
const drawAnswers = (draw: Draw, items: readonly FormItem[]): Answers =>
  Object.fromEntries(
    allItems(items)
      .filter(({ type }) => type !== 'group' && type !== 'display' && draw(3) > 0)
      .map(({ linkId, answerOption = [] }) => [
        linkId,
        answerOption.length === 0 ? ('some value' as const) : pick(draw, answerOption).valueCoding,
      ]),
  );

const isNo = (answers: Answers, id: string): boolean => {
  const answer = answers[id];
  return typeof answer === 'object' && answer.code === 'N';
};

const READINGS: readonly Reading[] = ['unanswered differs', 'unanswered does not differ'];

laws('the questionnaire of a generated rule set', () => {
  law(
    'is sound FHIR R4, and of the form that the API description gives it',
    { seed: 7301, runs: 400 },
    (draw) => {
      const questionnaire = written(drawRuleSet(draw));
      const faults = questionnaireFaults(questionnaire);
      must(faults.length === 0, () => faults.join('\n'));
      const { error } = questionnaireSchema.safeParse(questionnaire);
      must(error === undefined, () => error?.message ?? '');
      return 1;
    },
  );

  law('asks every fact that is sent in one place, and no other', { seed: 7302, runs: 400 }, (draw) => {
    const set = drawRuleSet(draw);
    const ids = allItems(itemsOf(written(set))).map(({ linkId }) => linkId);
    const sent = sentIn(set.body).map(({ id }) => id);
    const asked = ids.filter((linkId) => !/[.:]/.test(linkId));
    must(asked.toSorted().join() === sent.toSorted().join(), () => asked.join());
    return sent.length;
  });

  law(
    'is the same for the same version, whatever the order of its keys',
    { seed: 7303, runs: 200 },
    (draw) => {
      const set = drawRuleSet(draw);
      const facts = set.body.facts.map((fact) => withShuffledKeys(draw, fact));
      const turned = accepted(withShuffledKeys(draw, { ...set.body, facts }));
      const [one, two] = [JSON.stringify(written(set)), JSON.stringify(written(turned))];
      must(one === two, () => `${one}\n${two}`);
      return 1;
    },
  );

  law(
    'hides a particular only where its gate was answered no, details apart',
    { seed: 7304, runs: 400 },
    (draw) => {
      const { body, sha256 } = drawRuleSet(draw);
      const items = itemsOf(writeQuestionnaire(body, sha256));
      const answers = drawAnswers(draw, items);
      const { gateOf, facts } = indexFacts(body.facts);
      const plain = gatesOf(body.facts)
        .flatMap(({ gate }) => gate)
        .filter((id) => {
          const fact = facts.get(id);
          const whole = fact?.type === 'boolean' ? fact.detailOf : undefined;
          return whole === undefined || whole === gateOf.get(id);
        });
      for (const reading of READINGS) {
        const shown = shownItems(items, answers, reading);
        const wrong = plain.filter((id) => {
          const gate = gateOf.get(id) ?? '';
          return shown.has(id) === (shown.has(gate) && isNo(answers, gate));
        });
        must(wrong.length === 0, () => `${reading}: ${wrong.join()} after ${JSON.stringify(answers)}`);
      }
      return plain.length;
    },
  );

  law('shows a detail once what it is of was answered, but not no', { seed: 7305, runs: 400 }, (draw) => {
    const { body, sha256 } = drawRuleSet(draw);
    const items = itemsOf(writeQuestionnaire(body, sha256));
    const answers = drawAnswers(draw, items);
    const { gateOf } = indexFacts(body.facts);
    const details = sentIn(body).filter(({ detailOf, id }) => detailOf !== undefined && !gateOf.has(id));
    for (const reading of READINGS) {
      const shown = shownItems(items, answers, reading);
      const isReached = (whole: string): boolean =>
        shown.has(whole) && Object.hasOwn(answers, whole) && !isNo(answers, whole);
      const wrong = details.filter(({ id, detailOf = '' }) => shown.has(id) !== isReached(detailOf));
      must(wrong.length === 0, () => `${reading}: ${wrong.map(({ id }) => id).join()}`);
    }
    return details.length;
  });
});
