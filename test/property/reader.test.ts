import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { intakeSchema } from '../../src/formats/intake/intake-schema.js';
import type { Measured, SeriesFact } from '../../src/rules/fact.js';
import type { RuleSet } from '../../src/rules/rule-set.js';
import type { FactValue } from '../../src/screening/facts.js';
import { isJsonObject, type JsonValue } from '../../src/values/json.js';
import { forIntakes, readUnder, type Case } from '../support/generate-case.js';
import { damaged, withEnvelope } from '../support/generate-damage.js';
import { chance, type Draw } from '../support/generate-draw.js';
import { sentFactsOf, type SentIntake } from '../support/generate-intake.js';
import { drawNearMiss } from '../support/generate-near-miss.js';
import { drawNumber, factorOf, unitsOf } from '../support/generate-numbers.js';
import { drawRuleSet } from '../support/generate-rule-set.js';
import { law, laws, must } from './law.js';

const INTAKES = 10;

const forCases = (draw: Draw, check: (one: Case) => void, intakes = INTAKES): number => {
  forIntakes(draw, { intakes }, check);
  return intakes;
};

/** RFC 9562, section 4: any variant, in letters of either case. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const validators = new WeakMap<RuleSet, (sent: unknown) => boolean>();

const validatorOf = (ruleSet: RuleSet): ((sent: unknown) => boolean) => {
  const known = validators.get(ruleSet);
  if (known !== undefined) return known;
  const ajv = new Ajv2020({ strict: false, formats: { uuid: UUID } });
  const validate = ajv.compile(intakeSchema(ruleSet.body));
  const check = (sent: unknown): boolean => validate(sent);
  validators.set(ruleSet, check);
  return check;
};

const isRefused = (ruleSet: RuleSet, sent: JsonValue): boolean => readUnder(ruleSet, sent).issues.length > 0;

/** An intake with something wrong in it: in one fact a little, or anywhere anything. */
const drawBad = (draw: Draw, { body }: RuleSet, sent: SentIntake): JsonValue =>
  chance(draw, 60) ? drawNearMiss(draw, sent, sentFactsOf(body)) : damaged(draw, withEnvelope(draw, sent));

const jsonTexts = (): fc.Arbitrary<string> => fc.json({ maxDepth: 4 });

/** Any JSON value, as a parser makes it: even `__proto__` is then a key like any other. */
const anyJson = (gen: fc.GeneratorValue): JsonValue => JSON.parse(gen(jsonTexts)) as JsonValue;

const isInRange = (value: number | null, { range, integer }: Measured): boolean =>
  value === null ||
  (range.min <= value && value <= range.max && (integer !== true || Number.isInteger(value)));

/** Whether a typed fact is what its entry in the dictionary allows. */
const fits = (id: string, value: FactValue, { ruleSet: { body } }: Pick<Case, 'ruleSet'>): boolean => {
  const fact = sentFactsOf(body).find((one) => one.id === id);
  if (fact === undefined || (value.kind !== 'unknown' && value.kind !== fact.type)) return false;
  if (value.kind === 'number' && fact.type === 'number')
    return value.low === value.high && isInRange(value.low, fact);
  if (value.kind === 'codeList') return value.codes.join() === [...new Set(value.codes)].toSorted().join();
  if (value.kind !== 'series' || fact.type !== 'series') return true;
  const texts = value.readings.map(({ takenAt }) => takenAt);
  const inRange = value.readings.every(({ values }) =>
    Object.entries(fact.components).every(([name, measured]) => isInRange(values[name] ?? null, measured)),
  );
  return (
    inRange &&
    new Set(texts).size === texts.length &&
    texts.every((text) => !text.includes('T') || text.endsWith('Z'))
  );
};

const READING_TIME = '2026-11-20T10:00:00Z';

type Sent = { readonly measured: Measured; readonly value: number; readonly unit: string };

/** What is read of a number that is sent as a value with its unit. */
const readAlone = (ruleSet: RuleSet, id: string, { value, unit }: Sent): number | null => {
  const got = readUnder(ruleSet, { facts: { [id]: { value, unit } } }).read.facts[id];
  return got?.kind === 'number' ? got.low : null;
};

/** What is read of a number that is sent as one component of a reading, the others being null. */
const readInSeries = (
  ruleSet: RuleSet,
  fact: SeriesFact,
  { measured, value, unit }: Sent,
): readonly (number | null)[] =>
  Object.entries(fact.components)
    .filter(([, component]) => component.unit === measured.unit)
    .map(([name]) => {
      const others = Object.keys(fact.components).map((other) => [other, null] as const);
      const reading = { ...Object.fromEntries(others), [name]: value, unit, takenAt: READING_TIME };
      const got = readUnder(ruleSet, { facts: { [fact.id]: [reading] } }).read.facts[fact.id];
      return got?.kind === 'series' ? (got.readings[0]?.values[name] ?? null) : null;
    });

/** Every number that a rule set reads when a number is sent wherever its kind is measured. */
const readEverywhere = (ruleSet: RuleSet, sent: Sent): readonly (number | null)[] =>
  sentFactsOf(ruleSet.body).flatMap((fact) => {
    if (fact.type === 'number' && fact.unit === sent.measured.unit)
      return [readAlone(ruleSet, fact.id, sent)];
    const takes =
      fact.type === 'series' &&
      Object.values(fact.components).every((one) => unitsOf(one).includes(sent.unit));
    return takes ? readInSeries(ruleSet, fact, sent) : [];
  });

/** Every number that a rule set has measured. */
const measuredIn = (ruleSet: RuleSet): readonly Measured[] =>
  sentFactsOf(ruleSet.body).flatMap((fact): readonly Measured[] => {
    if (fact.type === 'number') return [fact];
    return fact.type === 'series' ? Object.values(fact.components) : [];
  });

/** The codes of a list as it was sent, and whether it was said to be complete, as a bare list is. */
const listIn = (
  sent: JsonValue | undefined,
): { readonly codes: readonly string[]; readonly complete: boolean } => {
  if (Array.isArray(sent)) return { codes: sent.map(String), complete: true };
  const { codes, complete } = sent !== undefined && isJsonObject(sent) ? sent : {};
  return { codes: Array.isArray(codes) ? codes.map(String) : [], complete: complete === true };
};

laws('the reader', () => {
  law('refuses whatever the JSON Schema of an intake refuses', { seed: 91, runs: 100 }, (draw) => {
    let refused = 0;
    forCases(
      draw,
      ({ ruleSet, sent }) => {
        const bad = drawBad(draw, ruleSet, sent);
        if (validatorOf(ruleSet)(bad)) return;
        refused += 1;
        must(
          isRefused(ruleSet, bad),
          () => `the schema refuses, and the reader takes ${JSON.stringify(bad)}`,
        );
      },
      40,
    );
    return refused;
  });

  law(
    'takes nothing that the schema refuses, and every intake that is drawn',
    { seed: 92, runs: 50 },
    (draw) =>
      forCases(
        draw,
        ({ ruleSet, sent }) => {
          must(validatorOf(ruleSet)(sent), () => 'the schema refuses it');
        },
        40,
      ),
  );

  law('never throws on any JSON value', { seed: 93, runs: 200 }, (draw, gen) => {
    const ruleSet = drawRuleSet(draw);
    readUnder(ruleSet, anyJson(gen));
    readUnder(ruleSet, { facts: anyJson(gen) });
    for (const { id } of ruleSet.body.facts) readUnder(ruleSet, { facts: { [id]: anyJson(gen) } });
    return 2 + ruleSet.body.facts.length;
  });

  law('never throws on an intake with something wrong in it', { seed: 94, runs: 200 }, (draw) =>
    forCases(draw, ({ ruleSet, sent }) => {
      isRefused(ruleSet, drawBad(draw, ruleSet, sent));
    }),
  );

  law(
    'makes only facts that the dictionary declares, of their types and inside their ranges',
    { seed: 95, runs: 200 },
    (draw) =>
      forCases(draw, (one) => {
        const other = readUnder(one.ruleSet, drawBad(draw, one.ruleSet, one.sent)).read.facts;
        for (const facts of [one.facts, other])
          for (const [id, value] of Object.entries(facts))
            must(fits(id, value, one), () => `${id} is ${JSON.stringify(value)}`);
      }),
  );

  law('reads a number in another unit as the same number in its own', { seed: 96, runs: 200 }, (draw) => {
    const ruleSet = drawRuleSet(draw);
    return measuredIn(ruleSet)
      .flatMap((measured) => unitsOf(measured).map((unit) => ({ measured, unit })))
      .map(({ measured, unit }) => {
        const value = drawNumber(draw, measured);
        const read = readEverywhere(ruleSet, { measured, unit, value: value / factorOf(measured, unit) });
        for (const got of read)
          must(got === value, () => `${value} ${measured.unit} in ${unit} is read as ${String(got)}`);
        return read.length;
      })
      .reduce((sum, cases) => sum + cases, 0);
  });

  law(
    'takes a list for complete only where it is said to be and every code has its place',
    { seed: 98, runs: 200 },
    (draw) =>
      forCases(draw, ({ ruleSet, sent, facts }) => {
        for (const fact of sentFactsOf(ruleSet.body)) {
          const value = facts[fact.id];
          if (fact.type !== 'codeList' || value?.kind !== 'codeList') continue;
          const { codes, complete } = listIn(sent.facts[fact.id]);
          const placed = codes.every((code) => fact.options.some((option) => option.code === code));
          const expected = {
            kind: 'codeList',
            codes: [...new Set(codes)].toSorted(),
            complete: complete && placed,
          };
          must(
            JSON.stringify(value) === JSON.stringify(expected),
            () => `${fact.id} is ${JSON.stringify(value)}`,
          );
        }
      }),
  );

  law('takes readings that are sent twice once', { seed: 97, runs: 200 }, (draw) =>
    forCases(draw, ({ ruleSet, sent, facts }) => {
      const twice = Object.entries(sent.facts).map(([id, value]) => {
        const isSeries = facts[id]?.kind === 'series' && Array.isArray(value);
        return [
          id,
          isSeries ? [...(value as readonly JsonValue[]), ...(value as readonly JsonValue[])] : value,
        ] as const;
      });
      const again: SentIntake = { ...sent, facts: Object.fromEntries(twice) };
      const read = readUnder(ruleSet, again).read.facts;
      must(JSON.stringify(read) === JSON.stringify(facts), () => JSON.stringify(read));
    }),
  );
});
