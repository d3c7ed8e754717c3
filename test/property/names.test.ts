import type { RuleSet, RuleSetBody } from '../../src/rules/rule-set.js';
import { screen } from '../../src/screening/screen.js';
import { acceptedCase, withCase, type Case } from '../support/generate-case.js';
import { times } from '../support/generate-draw.js';
import { hintsOf } from '../support/generate-hints.js';
import { drawIntake, type SentIntake } from '../support/generate-intake.js';
import { accepted, drawRuleSetBody } from '../support/generate-rule-set.js';
import { law, laws, must } from './law.js';

const INTAKES = 10;

/** Names that every object of JavaScript has, for facts, components and codes. */
const NAMES: readonly (readonly [string, string])[] = [
  ['yes0', 'constructor'],
  ['number0', 'toString'],
  ['series0', 'valueOf'],
  ['date0', 'hasOwnProperty'],
  ['list0', 'isPrototypeOf'],
  ['code0', 'toLocaleString'],
  ['gate0', 'propertyIsEnumerable'],
  ['gate0Part0', 'length'],
  ['derived0', 'name'],
  ['upper', 'constructor'],
  ['lower', 'toString'],
  ['first', 'valueOf'],
  ['oral', 'constructor'],
  ['8123', '__proto__'],
  ['9', 'toString'],
];

/** The same JSON text with the other names. Names stand in quotes of their own. */
const renamed = (text: string): string =>
  NAMES.reduce((changed, [from, to]) => changed.replaceAll(`"${from}"`, `"${to}"`), text);

const renamedJson = <T>(value: T): T => JSON.parse(renamed(JSON.stringify(value))) as T;

/** What is said of a case, but for evidence, in which codes are sorted by their names. */
const said = ({ ruleSet, facts, asOf }: Case): string => {
  const { findings, bounds, missing, alsoUseful, validUntil } = screen(ruleSet.body, facts, asOf);
  const truths = findings.map(({ rule, truth }) => [rule.id, truth]);
  return JSON.stringify([truths, bounds, missing, alsoUseful, validUntil]);
};

const sameByOtherNames = (one: Case, other: RuleSet): void => {
  const sent: SentIntake = renamedJson(one.sent);
  const again = acceptedCase(other, hintsOf(other.body), sent);
  must(renamed(said(one)) === said(again), () => `${renamed(said(one))}\nbecame\n${said(again)}`);
};

laws('what facts, components and codes are called', () => {
  law(
    'does not matter, even where every object of JavaScript has such a name',
    { seed: 141, runs: 120 },
    (draw) => {
      const body: RuleSetBody = drawRuleSetBody(draw);
      const [ruleSet, other] = [accepted(body), accepted(renamedJson(body))];
      const hints = hintsOf(body);
      times(INTAKES, () => {
        const one = acceptedCase(ruleSet, hints, drawIntake(draw, body, hints));
        withCase(one, () => sameByOtherNames(one, other));
      });
      return INTAKES;
    },
  );
});
