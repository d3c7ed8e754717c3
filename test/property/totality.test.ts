import { canonicalText } from '../../src/log/canonical.js';
import { writeNext } from '../../src/formats/intake/write-next.js';
import type { RuleSetBody } from '../../src/rules/rule-set.js';
import { screen, type Reason } from '../../src/screening/screen.js';
import type { JsonValue } from '../../src/values/json.js';
import { answerTo } from './answers.js';
import { forIntakes, type Case } from '../support/generate-case.js';
import type { Draw } from '../support/generate-draw.js';
import { sentFactsOf } from '../support/generate-intake.js';
import { drawOtherwiseRead } from '../support/generate-typed.js';
import { law, laws, must } from './law.js';

const INTAKES = 10;

const forCases = (draw: Draw, check: (one: Case) => void): number => {
  forIntakes(draw, { intakes: INTAKES }, check);
  return INTAKES;
};

const gateOf = (fact: string, body: RuleSetBody): string | undefined =>
  body.facts.find((gate) => gate.type === 'boolean' && gate.gate?.includes(fact) === true)?.id;

/** That a reason has evidence, and that each piece of it is a fact that was sent, or that a gate which was sent has settled. */
const isSupported = ({ rule, evidence }: Reason, { ruleSet: { body }, facts }: Case): void => {
  must(evidence.length > 0, () => `${rule.id} has no evidence`);
  const ids = sentFactsOf(body).map(({ id }) => id);
  for (const { fact, test, settledBy, value } of evidence) {
    must(ids.includes(fact) && test.length > 0, () => `${fact} is no fact that is sent`);
    must(
      settledBy === undefined || settledBy === gateOf(fact, body),
      () => `${fact} by ${String(settledBy)}`,
    );
    must(Object.hasOwn(facts, settledBy ?? fact) && value !== null, () => `${fact} is not known`);
  }
};

laws('screening', () => {
  law('never throws on what the reader accepts', { seed: 61, runs: 200 }, (draw) =>
    forCases(draw, ({ ruleSet, facts, asOf }) => {
      screen(ruleSet.body, facts, asOf);
    }),
  );

  law('never throws on the facts that other readers make', { seed: 62, runs: 200 }, (draw) =>
    forCases(draw, ({ ruleSet, facts, asOf }) => {
      screen(ruleSet.body, drawOtherwiseRead(draw, facts), asOf);
    }),
  );

  law('never throws at any later moment', { seed: 63, runs: 200 }, (draw) =>
    forCases(draw, ({ ruleSet, facts, asOf }) => {
      screen(ruleSet.body, facts, { ...asOf, epochMs: asOf.epochMs + draw(2_000_000_000) * 1000 });
    }),
  );

  law('gives an answer that is JSON', { seed: 64, runs: 200 }, (draw) =>
    forCases(draw, (one) => {
      const answer = answerTo(one);
      must(
        canonicalText(JSON.parse(JSON.stringify(answer)) as JsonValue) === canonicalText(answer),
        () => 'no JSON',
      );
      const screening = screen(one.ruleSet.body, one.facts, one.asOf);
      canonicalText(writeNext({ screening, ruleSet: one.ruleSet, approval: 'nobody', asOf: one.asOf }));
    }),
  );

  law(
    'has evidence for every reason and precaution, which is a fact of the dictionary',
    { seed: 65, runs: 300 },
    (draw) =>
      forCases(draw, (one) => {
        const { reasons, precautions } = screen(one.ruleSet.body, one.facts, one.asOf);
        for (const reason of [...reasons, ...precautions]) isSupported(reason, one);
      }),
  );
});
