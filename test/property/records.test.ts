import { expect } from 'vitest';
import { contradictionsOf, indexFacts } from '../../src/rules/dictionary.js';
import { factsBehind } from '../../src/rules/facts-behind.js';
import type { Given } from '../../src/formats/fhir/records.js';
import { RANK } from '../../src/screening/decide.js';
import { screen, type Screening } from '../../src/screening/screen.js';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { at } from '../support/builders.js';
import { chance, type Draw } from '../support/generate-draw.js';
import { damaged, drawAnswers, drawRecords } from '../support/generate-records.js';
import { AS_OF, BODY, bundleOf, readBundle } from '../support/records.js';
import { saysNoMore } from '../support/says-no-more.js';
import { law, laws, must } from './law.js';

const read = (records: readonly JsonValue[], given: readonly Given[]) =>
  readBundle(bundleOf(records), { given });

const screened = (records: readonly JsonValue[], given: readonly Given[]): Screening | null => {
  const { facts, issues } = read(records, given);
  return issues.length > 0 ? null : screen(BODY, facts, at(AS_OF));
};

const mustSayNoMore = (less: Screening | null, said: Screening | null, what: () => unknown): void => {
  // A request that is refused says nothing at all.
  if (less === null || said === null) return;
  must(
    saysNoMore(less, said),
    () => `${JSON.stringify(said.bounds)} became ${JSON.stringify(less.bounds)}: ${JSON.stringify(what())}`,
  );
};

const factsOf = (record: JsonObject): ReadonlySet<string> =>
  new Set((read([record], []).provenance ?? []).map(({ fact }) => fact));

const without = <T>(items: readonly T[], index: number): readonly T[] =>
  items.filter((_, nth) => nth !== index);

const { gateOf } = indexFacts(BODY.facts);

const answersContradictedBy = (id: string): readonly string[] =>
  BODY.facts
    .filter((fact) =>
      contradictionsOf(fact).some(({ when }) => [...factsBehind(when, BODY.facts)].includes(id)),
    )
    .map((fact) => fact.id);

/** A fact, the general question whose no would answer it, and what cannot be answered so beside it: other sources of what it tells. */
const asked = (fact: string): readonly string[] => [
  fact,
  gateOf.get(fact) ?? fact,
  ...answersContradictedBy(fact),
];

/** The records that alone tell of what they tell: no other tells of one of their facts, and nobody answered it or what is general over it. */
const onlySources = (records: readonly JsonObject[], given: readonly Given[]): readonly number[] => {
  const told = records.map(factsOf);
  const answered = new Set(given.map(({ fact }) => fact));
  return records.flatMap((_, index) => {
    const own = [...(told[index] ?? [])];
    const elsewhere = (fact: string): boolean =>
      answered.has(fact) || told.some((facts, other) => other !== index && facts.has(fact));
    return own.flatMap(asked).some(elsewhere) ? [] : [index];
  });
};

const drawn = (
  draw: Draw,
): { readonly records: readonly JsonObject[]; readonly given: readonly Given[] } => ({
  records: drawRecords(draw),
  given: drawAnswers(draw),
});

laws('records of an EHR', () => {
  law(
    'of which one is damaged have a floor no higher and a ceiling no lower',
    { seed: 81, runs: 1500 },
    (draw) => {
      const { records, given } = drawn(draw);
      const index = draw(records.length);
      const broken = damaged(draw, records[index] ?? {});
      const less = records.map((record, nth): JsonValue => (nth === index ? broken : record));
      mustSayNoMore(screened(less, given), screened(records, given), () => ({
        was: records[index],
        broken,
        given: given.filter(() => given.length < 9),
      }));
      return 1;
    },
  );

  law(
    'of which one that alone tells of something is left out have a floor no higher and a ceiling no lower',
    { seed: 82, runs: 600 },
    (draw) => {
      const { records, given } = drawn(draw);
      const alone = onlySources(records, given).filter((index) => index > 0);
      const said = screened(records, given);
      for (const index of alone)
        mustSayNoMore(screened(without(records, index), given), said, () => records[index]);
      return alone.length;
    },
  );

  law('are read the same in whatever order they come', { seed: 83, runs: 300 }, (draw) => {
    const { records, given } = drawn(draw);
    const turned = chance(draw, 50) ? records.toReversed() : [...records.slice(1), ...records.slice(0, 1)];
    expect(read(turned, given).facts).toEqual(read(records, given).facts);
    return 1;
  });

  law(
    'and what a person answered never come to less caution than the answers alone',
    { seed: 84, runs: 600 },
    (draw) => {
      const { records, given } = drawn(draw);
      const patient = records.slice(0, 1);
      const alone = screened(patient, given);
      const both = screened(records, given);
      if (alone !== null && both !== null && alone.verdict !== 'incomplete')
        must(RANK[both.bounds.ceiling] >= RANK[alone.bounds.ceiling], () => JSON.stringify({ records }));
      return 1;
    },
  );
});
