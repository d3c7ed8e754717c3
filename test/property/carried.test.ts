import { canonicalText } from '../../src/log/canonical.js';
import { readFacts } from '../../src/formats/intake/read-facts.js';
import { indexFacts } from '../../src/rules/dictionary.js';
import type { RuleSet, RuleSetBody } from '../../src/rules/rule-set.js';
import { carryFacts, type CarriedFacts } from '../../src/screening/carry-facts.js';
import type { Facts, FactValue, SeriesValue } from '../../src/screening/facts.js';
import { screen } from '../../src/screening/screen.js';
import { heldOf, situationAt } from '../../src/screening/situation.js';
import { forIntakes, readUnder, type Case } from '../support/generate-case.js';
import { pick, type Draw } from '../support/generate-draw.js';
import { drawEdited } from '../support/generate-edit.js';
import { drawRuleSet } from '../support/generate-rule-set.js';
import { drawOtherwiseRead } from '../support/generate-typed.js';
import { intakeOf, vignetteNames } from '../support/http.js';
import { sentAgain } from '../support/sent-again.js';
import { shippedRules } from '../support/test-app.js';
import { exhaustively, law, laws, must } from './law.js';

const INTAKES = 5;

const told = (value: unknown): string => JSON.stringify(value);

/** Whether two values are the same, in whatever order their keys stand. */
const isSame = (one: FactValue | undefined, other: FactValue): boolean =>
  one !== undefined && canonicalText(one) === canonicalText(other);

type Check = (one: Case, to: RuleSetBody, carried: CarriedFacts) => void;

const forCarried = (draw: Draw, drawTo: (from: RuleSet) => RuleSet, check: Check): number => {
  forIntakes(draw, { intakes: INTAKES }, (one) => {
    const to = drawTo(one.ruleSet).body;
    const carried = carryFacts(one.facts, one.ruleSet.body, to);
    try {
      check(one, to, carried);
    } catch (error) {
      if (error instanceof Error)
        error.message += `\ncarried as ${told(carried)}\nto ${told(to.facts)}\nfrom`;
      throw error;
    }
  });
  return INTAKES;
};

/** Every number, code and answer that is known in a value, each by what it says; `complete` among them. */
const knownIn = (value: FactValue): readonly string[] => {
  switch (value.kind) {
    case 'unknown':
      return [];
    case 'series':
      return knownInSeries(value);
    case 'codeList':
      return [...value.codes, ...(value.complete ? ['complete'] : [])];
    case 'boolean':
    case 'code':
    case 'date':
    case 'number':
      return [told(value)];
  }
};

const knownInSeries = ({ readings }: SeriesValue): readonly string[] =>
  readings.flatMap(({ takenAt, values }) =>
    Object.entries(values)
      .filter(([, value]) => value !== null)
      .map((entry) => told([takenAt, ...entry])),
  );

const heldIn = (body: RuleSetBody, facts: Facts, { asOf }: Case): ((id: string) => FactValue) => {
  const situation = situationAt(indexFacts(body.facts), facts, asOf);
  return (id) => heldOf(situation, id).value;
};

const learnsNothing: Check = (one, to, { facts }) => {
  const [then, now] = [heldIn(one.ruleSet.body, one.facts, one), heldIn(to, facts, one)];
  for (const { id } of to.facts) {
    const before = knownIn(then(id));
    must(
      knownIn(now(id)).every((known) => before.includes(known)),
      () => `${id} is known by carrying it`,
    );
  }
};

const tellsEveryLoss: Check = ({ facts: stored }, to, { facts, notUnderstood, changedType }) => {
  const declared = new Set(to.facts.map(({ id }) => id));
  for (const [id, value] of Object.entries(stored)) {
    must(notUnderstood.includes(id) === !declared.has(id), () => `${id} is understood or not`);
    must(
      changedType.includes(id) === (declared.has(id) && !isSame(facts[id], value)),
      () => `${id} was changed or not`,
    );
  }
  const named = [...notUnderstood, ...changedType];
  must(
    named.every((id) => Object.hasOwn(stored, id)),
    () => 'a fact is named that was not stored',
  );
  must(told(notUnderstood) === told(notUnderstood.toSorted()), () => 'not sorted');
  must(told(changedType) === told(changedType.toSorted()), () => 'not sorted');
};

const isWhatAReaderMakes: Check = ({ asOf }, to, { facts }) => {
  const read = readFacts(sentAgain(facts, to), to, asOf);
  const faults = read.issues.filter(({ code }) => code !== 'contradiction');
  must(faults.length === 0, () => told(faults));
  const computed = new Set(to.facts.filter(({ type }) => type === 'derived').map(({ id }) => id));
  for (const [id, value] of Object.entries(facts)) {
    const left = computed.has(id) || (value.kind === 'unknown' && value.reason === 'not-asked');
    must(
      left || isSame(read.facts[id], value),
      () => `${id} is ${told(read.facts[id])} to the reader, not ${told(value)}`,
    );
  }
};

const another = (draw: Draw) => (): RuleSet => drawRuleSet(draw);

const edited =
  (draw: Draw) =>
  (from: RuleSet): RuleSet =>
    drawEdited(draw, from);

laws('facts carried to another version', () => {
  law('are the same under the same version, and nothing is named', { seed: 301, runs: 100 }, (draw) =>
    forCarried(
      draw,
      (from) => from,
      ({ facts }, _to, carried) =>
        must(
          told(carried) === told({ facts, notUnderstood: [], changedType: [] }),
          () => 'something was changed',
        ),
    ),
  );

  law('are never known where they were not, be it by a gate', { seed: 302, runs: 200 }, (draw) =>
    forCarried(draw, another(draw), learnsNothing),
  );

  law('are never known where they were not, after a few edits', { seed: 303, runs: 120 }, (draw) =>
    forCarried(draw, edited(draw), learnsNothing),
  );

  law('are named where anything of them is lost, and nowhere else', { seed: 304, runs: 200 }, (draw) =>
    forCarried(draw, another(draw), tellsEveryLoss),
  );

  law('are what a reader of the other version makes of the same', { seed: 305, runs: 200 }, (draw) =>
    forCarried(draw, pick(draw, [another(draw), edited(draw)]), isWhatAReaderMakes),
  );

  law('can be screened under any other version', { seed: 306, runs: 200 }, (draw) =>
    forCarried(draw, another(draw), ({ facts, asOf, ruleSet }, to, carried) => {
      screen(to, carried.facts, asOf);
      screen(to, carryFacts(drawOtherwiseRead(draw, facts), ruleSet.body, to).facts, asOf);
    }),
  );

  exhaustively('are told, and can be screened, for every whole patient and any two versions', () => {
    const versions = shippedRules().all();
    const cases = vignetteNames().flatMap((name) => versions.map((ruleSet) => [name, ruleSet] as const));
    const tried = cases.flatMap(([name, ruleSet]) => {
      const pinned = { ...intakeOf(name), ruleSetVersion: ruleSet.body.version };
      const { asOf, issues, read } = readUnder(ruleSet, pinned);
      if (asOf === null || issues.length > 0) return [];
      const one = { ruleSet, asOf, facts: read.facts } as Case;
      return versions.map(({ body }) => {
        const carried = carryFacts(read.facts, ruleSet.body, body);
        for (const check of [learnsNothing, tellsEveryLoss, isWhatAReaderMakes]) check(one, body, carried);
        return screen(body, carried.facts, asOf).verdict;
      });
    });
    must(tried.length > vignetteNames().length, () => 'hardly any patient was read');
    return tried.length;
  });
});
