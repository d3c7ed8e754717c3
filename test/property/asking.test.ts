import { askInTurn } from '../../src/screening/ask-in-turn.js';
import { screen } from '../../src/screening/screen.js';
import { forIntakes } from '../support/generate-case.js';
import { law, laws, must } from './law.js';

laws('asking in turn', () => {
  law(
    'ends with the verdict of the same facts sent at once, and asks nothing twice',
    { seed: 7401, runs: 250 },
    (draw) => {
      let answered = 0;
      forIntakes(draw, { intakes: 6 }, ({ ruleSet: { body }, facts, asOf }) => {
        const { asked, screening } = askInTurn(body, facts, asOf);
        const { verdict, bounds } = screen(body, facts, asOf);
        must(screening.verdict === verdict, () => `${screening.verdict} in turn, ${verdict} at once`);
        if (verdict !== 'incomplete')
          must(JSON.stringify(screening.bounds) === JSON.stringify(bounds), () => 'other bounds');
        must(new Set(asked).size === asked.length, () => asked.join());
        answered += asked.length;
      });
      return answered;
    },
  );

  law(
    'asks only what is missing, and leaves nothing missing that was not asked',
    { seed: 7402, runs: 150 },
    (draw) => {
      let left = 0;
      forIntakes(draw, { intakes: 6 }, ({ ruleSet: { body }, facts, asOf }) => {
        const { asked, screening } = askInTurn(body, facts, asOf);
        const sent = body.facts.filter(({ type }) => type !== 'derived').map(({ id }) => id);
        must(
          asked.every((fact) => sent.includes(fact)),
          () => asked.join(),
        );
        const open = screening.missing.map(({ fact }) => fact).filter((fact) => !asked.includes(fact));
        must(open.length === 0, () => `${open.join()} is missing, and was never asked`);
        left += screening.missing.length;
      });
      return left;
    },
  );
});
