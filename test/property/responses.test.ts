import { isDeepStrictEqual } from 'node:util';
import type { Claim, ClaimsRead } from '../../src/formats/fhir/claim.js';
import { readResponse } from '../../src/formats/fhir/read-response.js';
import { readFacts } from '../../src/formats/intake/read-facts.js';
import type { RuleSet } from '../../src/rules/rule-set.js';
import type { Facts } from '../../src/screening/facts.js';
import { screen } from '../../src/screening/screen.js';
import type { Instant } from '../../src/values/instant.js';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { at, changed } from '../support/builders.js';
import { factsOfClaims } from '../support/facts-of-claims.js';
import { forIntakes, type Case } from '../support/generate-case.js';
import { damaged } from '../support/generate-damage.js';
import { chance, pick, type Draw } from '../support/generate-draw.js';
import { sentFactsOf, type SentFacts } from '../support/generate-intake.js';
import { intakeOf, vignetteNames } from '../support/http.js';
import { shippedVersion } from '../support/shipped-versions.js';
import { fillIn } from '../support/write-response.js';
import { exhaustively, law, laws, must } from './law.js';

const INTAKES = 10;

const read = (resource: JsonValue, { body }: RuleSet, asOf: Instant): ClaimsRead =>
  readResponse({ resource, pointer: '', fullUrl: null }, { body, asOf });

const same = (one: unknown, other: unknown): boolean => isDeepStrictEqual(one, other);

const differing = (facts: Facts, others: Facts): string =>
  [...new Set([...Object.keys(facts), ...Object.keys(others)])]
    .filter((id) => !same(facts[id], others[id]))
    .map((id) => `${id}: ${JSON.stringify(facts[id])} is not ${JSON.stringify(others[id])}`)
    .join('\n');

/** Fills a form in with the facts of an intake, and reads it and what it could tell of them in both ways. */
const bothWays = (ruleSet: RuleSet, sent: SentFacts, asOf: string) => {
  const { response, told } = fillIn(ruleSet, sent, { authored: asOf });
  const claims = read(response, ruleSet, at(asOf));
  const native = readFacts(told, ruleSet.body, at(asOf));
  return { claims, facts: factsOfClaims(claims.claims), native, told, response };
};

/** The items of a response, groups before what they hold. */
const itemsIn = (within: JsonObject): readonly JsonObject[] =>
  ((within.item ?? []) as readonly JsonObject[]).flatMap((item) => [item, ...itemsIn(item)]);

/** The same response, each item as a function makes it, or without it where that makes null. */
const mapItems = (within: JsonObject, map: (item: JsonObject) => JsonObject | null): JsonObject => {
  const { item, ...rest } = within;
  if (item === undefined) return within;
  const items = (item as readonly JsonObject[]).flatMap((one) => {
    const made = map(one);
    return made === null ? [] : [mapItems(made, map)];
  });
  return items.length === 0 ? rest : { ...rest, item: items };
};

const linkIdOf = ({ linkId }: JsonObject): string => (typeof linkId === 'string' ? linkId : '');

const textOfClaim = ({ said, from: { fact } }: Claim): string => JSON.stringify([fact, said]);

/** The claims of a first reading that a second one does not have. */
const added = (now: ClaimsRead, before: ClaimsRead): readonly Claim[] => {
  const had = new Set(before.claims.map(textOfClaim));
  return now.claims.filter((claim) => !had.has(textOfClaim(claim)));
};

const NO: JsonValue = [
  { valueCoding: { system: 'http://terminology.hl7.org/CodeSystem/v2-0136', code: 'N' } },
];

const filled = ({ ruleSet, sent }: Case): JsonObject =>
  fillIn(ruleSet, sent.facts, { authored: sent.asOf }).response;

const forCases = (draw: Draw, check: (one: Case) => void): number => {
  forIntakes(draw, { intakes: INTAKES }, check);
  return INTAKES;
};

laws('a response to the questionnaire', () => {
  law('tells what the same answers tell as a native intake', { seed: 7401, runs: 300 }, (draw) => {
    let told = 0;
    forCases(draw, ({ ruleSet, sent }) => {
      const both = bothWays(ruleSet, sent.facts, sent.asOf);
      const { facts, native, claims } = both;
      must(native.issues.length === 0, () => JSON.stringify(native.issues));
      must(same(facts, native.facts), () => differing(facts, native.facts));
      must(same([...new Set(claims.unmapped)].toSorted(), native.unmapped), () => claims.unmapped.join());
      const odd = claims.remarks.filter(({ code }) => code !== 'unplaced-code');
      must(odd.length === 0, () => JSON.stringify(odd));
      told += Object.keys(facts).length;
    });
    return told;
  });

  exhaustively('tells of every whole patient what the native intake tells', () => {
    const ruleSet = shippedVersion();
    let told = 0;
    for (const name of vignetteNames()) {
      const intake = intakeOf(name);
      const asOf = intake.asOf as string;
      const whole = intake.facts as SentFacts;
      const { facts, native } = bothWays(ruleSet, whole, asOf);
      must(same(facts, native.facts), () => `${name}: ${differing(facts, native.facts)}`);
      const verdict = (from: Facts): string => screen(ruleSet.body, from, at(asOf)).verdict;
      const expected = verdict(readFacts(whole, ruleSet.body, at(asOf)).facts);
      // No form can say that a medicine which the rules do not know was looked up: its list stays incomplete.
      const isLookedUp = JSON.stringify(whole.medications ?? null).includes('"checked"');
      const got = verdict(facts);
      must(
        got === expected || (isLookedUp && got === 'incomplete'),
        () => `${name}: ${got}, not ${expected}`,
      );
      told += Object.keys(facts).length;
    }
    must(told > 10_000, () => `${String(told)} facts are told`);
    return told;
  });

  law('that tells less of a fact makes no other claim', { seed: 7402, runs: 200 }, (draw) =>
    forCases(draw, (one) => {
      const response = filled(one);
      const before = read(response, one.ruleSet, one.asOf);
      const gone = sentFactsOf(one.ruleSet.body)
        .map(({ id }) => id)
        .filter(() => chance(draw, 30));
      const less = mapItems(response, (item) =>
        gone.some((id) => linkIdOf(item) === id || linkIdOf(item).startsWith(`${id}.`)) &&
        !linkIdOf(item).endsWith('.particulars')
          ? null
          : item,
      );
      const now = read(less, one.ruleSet, one.asOf);
      must(added(now, before).length === 0, () => JSON.stringify(added(now, before)));
    }),
  );

  law('that hides questions by a no makes no claim but that one', { seed: 7403, runs: 200 }, (draw) =>
    forCases(draw, (one) => {
      const response = filled(one);
      const before = read(response, one.ruleSet, one.asOf);
      const yesNo = sentFactsOf(one.ruleSet.body).filter(({ type }) => type === 'boolean');
      const denied = pick(draw, yesNo).id;
      const hides = mapItems(response, (item) =>
        linkIdOf(item) === denied ? { ...item, answer: NO } : item,
      );
      const others = added(read(hides, one.ruleSet, one.asOf), before).filter(
        ({ from }) => from.fact !== denied,
      );
      must(others.length === 0, () => `${denied}: ${JSON.stringify(others)}`);
    }),
  );

  law(
    'that is not understood, or of no time, tells of all its facts that they are unknown',
    { seed: 7404, runs: 100 },
    (draw) =>
      forCases(draw, (one) => {
        const response = filled(one);
        const known = factsOfClaims(read(response, one.ruleSet, one.asOf).claims);
        const index = draw(Math.max(1, itemsIn(response).length));
        const odd = itemsIn(response)[index];
        const marked = pick<JsonObject>(draw, [
          mapItems(response, (item) =>
            item === odd ? { ...item, modifierExtension: [{ url: 'urn:x' }] } : item,
          ),
          { ...response, implicitRules: 'urn:x' },
          { ...response, authored: '2200-01-01' },
          { ...response, authored: 'yesterday' },
        ]);
        if (same(marked, response)) return;
        const facts = factsOfClaims(read(marked, one.ruleSet, one.asOf).claims);
        must(same(Object.keys(facts).toSorted(), Object.keys(known).toSorted()), () =>
          differing(facts, known),
        );
        const wrong = Object.values(facts).filter(
          (value) => !same(value, { kind: 'unknown', reason: 'unreadable' }),
        );
        must(wrong.length === 0, () => JSON.stringify(wrong));
      }),
  );

  law('that is old tells nothing that it did not tell when it was new', { seed: 7405, runs: 100 }, (draw) =>
    forCases(draw, (one) => {
      const response = filled(one);
      const fresh = read(response, one.ruleSet, one.asOf);
      const old = read(
        pick(draw, [{ ...response, authored: '1999' }, changed(response, '/authored')]),
        one.ruleSet,
        one.asOf,
      );
      const wrong = added(old, fresh).filter(({ said }) => !same(said, { kind: 'unknown', reason: 'stale' }));
      must(wrong.length === 0, () => JSON.stringify(wrong));
      const no = old.claims.filter(({ said }) => said.kind === 'boolean' && !said.value);
      must(no.length === 0 && old.claims.length === fresh.claims.length, () => JSON.stringify(no));
    }),
  );

  law(
    'never makes the reader throw, nor a fact of another kind, whatever is wrong in it',
    { seed: 7406, runs: 200 },
    (draw) =>
      forCases(draw, (one) => {
        const response = filled(one);
        const { claims } = read(damaged(draw, response, 12), one.ruleSet, one.asOf);
        const types = new Map(sentFactsOf(one.ruleSet.body).map(({ id, type }) => [id, type] as const));
        const wrong = claims.filter(({ said, from }) => {
          const type = types.get(from.fact);
          return said.kind !== 'unknown' && (said.kind === 'reading' ? 'series' : said.kind) !== type;
        });
        must(wrong.length === 0, () => JSON.stringify(wrong));
      }),
  );
});
