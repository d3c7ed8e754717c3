import type { JsonObject } from '../../values/json.js';
import type { SeriesFact } from '../../rules/fact.js';
import type { FactValue } from '../../screening/facts.js';
import type { DataQuality } from '../../screening/intake.js';
import { NOTHING_READ, type Claim, type ClaimsRead } from './claim.js';
import { conceptAt, isNaming } from './concept.js';
import { doubt } from './doubt.js';
import { tokenOf, type Match } from './fact-codes.js';
import { objectAt, objectsAt, textAt } from './look.js';
import { observedAnswer } from './observed-value.js';
import { readingOf, type Holder } from './observed-reading.js';
import { currentForMs, withdrawn } from './standing.js';
import { placeIn, remarkOn, type PatientRecord, type Under } from './under.js';
import { whenOf, type When } from './when.js';

const FINAL: readonly string[] = ['final', 'amended', 'corrected'];
const WITHDRAWN: readonly string[] = ['entered-in-error', 'cancelled'];

const unknown = (reason: 'unreadable' | 'stale'): FactValue => ({ kind: 'unknown', reason });

/** What is needed to read an Observation that is to be read: whether it is final, and when it is of. */
type Observed = {
  readonly record: PatientRecord;
  readonly under: Under;
  readonly isFinal: boolean;
  readonly when: When | null;
};

/** The Observation itself and its components, each with what its code is about. */
const holdersIn = ({ json }: PatientRecord, { codes }: Under): readonly Holder[] | null => {
  const components = objectsAt(json, 'component');
  if (components === null) return null;
  const all = [json, ...(components ?? [])].map((holder) => ({ holder, code: conceptAt(holder, 'code') }));
  const holders = all.map(({ holder, code }) =>
    code === undefined || code === null ? null : { json: holder, matches: codes.matches(code) },
  );
  const read = holders.filter((holder) => holder !== null);
  return read.length === holders.length ? read : null;
};

/** A newer record of such a fact takes the place of an older one, so it counts at its time; one whose time cannot be told stands beside all others. */
const answerClaim = (match: Match, holder: JsonObject, { record, under, isFinal, when }: Observed): Claim => {
  const from = placeIn(record, match.fact.id);
  if (when === null) return { said: unknown('unreadable'), from };
  const isStale = when.first < under.asOf.epochMs - currentForMs(match.fact);
  if (isStale) return { said: unknown('stale'), from, at: when.last };
  const said = isFinal ? observedAnswer(holder, match, under.codes) : unknown('unreadable');
  return { said, from, at: when.last };
};

const seriesClaim = (fact: SeriesFact, holders: readonly Holder[], observed: Observed): readonly Claim[] => {
  const { record, under, isFinal, when } = observed;
  const from = placeIn(record, fact.id);
  const values = readingOf(fact, holders, { under, isFinal });
  if (values === null) return [];
  // A reading that has no place in time may be the newest, so none can be relied on.
  return when === null
    ? [{ said: unknown('unreadable'), from }]
    : [{ said: { kind: 'reading', reading: { takenAt: when.takenAt, values } }, from }];
};

const isSeries = (fact: Match['fact']): fact is SeriesFact => fact.type === 'series';

const claimsIn = (holders: readonly Holder[], observed: Observed): readonly Claim[] => {
  const series = [
    ...new Set(holders.flatMap(({ matches }) => matches.map(({ fact }) => fact)).filter(isSeries)),
  ];
  const answers = holders.flatMap(({ json, matches }) =>
    matches
      .filter(({ fact }) => !isSeries(fact) && fact.type !== 'date' && fact.type !== 'codeList')
      .map((match) => answerClaim(match, json, observed)),
  );
  return [...series.flatMap((fact) => seriesClaim(fact, holders, observed)), ...answers];
};

const remarksOn = ({ record, isFinal, when }: Observed): readonly DataQuality[] => [
  ...(isFinal ? [] : [remarkOn(record, 'not-final', 'this result is not final: it counts as unknown')]),
  ...(when === null
    ? [
        remarkOn(
          record,
          'unreadable',
          'when this was observed cannot be told: send a time with its offset, or a day',
        ),
      ]
    : []),
  ...(objectAt(record.json, 'dataAbsentReason') === undefined
    ? []
    : [remarkOn(record, 'no-answer', 'this record says that there is no value, and why')]),
];

/** Words without a code raise the questions whose words they hold: what was observed of them cannot be told. */
const inWords = (text: string, record: PatientRecord, { codes }: Under): ClaimsRead => ({
  claims: [...new Set(codes.named(text).map(({ fact }) => fact.id))].map((fact) => ({
    said: unknown('unreadable'),
    from: placeIn(record, fact, 'code'),
  })),
  remarks: [
    remarkOn(
      record,
      'uncoded',
      'this result has no code that could be looked up: it settles no question, so ask what it means',
    ),
  ],
  unmapped: [],
});

/**
 * Reads an Observation: a reading of each series that it is about, and an answer to every other fact. One that is not final, or whose value cannot be read,
 * stays at its time as unknown, so that no older and better one takes its place.
 * Source: HL7 FHIR R4 (4.0.1), Observation
 */
export const readObservation = (record: PatientRecord, under: Under): ClaimsRead => {
  const status = textAt(record.json, 'status');
  return typeof status === 'string' && WITHDRAWN.includes(status)
    ? withdrawn(record)
    : readStanding(record, under, typeof status === 'string' && FINAL.includes(status));
};

const readStanding = (record: PatientRecord, under: Under, isFinal: boolean): ClaimsRead => {
  const { json } = record;
  const code = conceptAt(json, 'code');
  const holders = holdersIn(record, under);
  if (!isNaming(code) || holders === null) return doubt(record, under);
  if (code.codes.length === 0 && holders.length === 1) return inWords(code.text ?? '', record, under);
  if (holders.every(({ matches }) => matches.length === 0))
    return { ...NOTHING_READ, unmapped: code.codes.map(tokenOf) };
  const observed: Observed = { record, under, isFinal, when: whenOf(json, 'effective', under.asOf) };
  return { claims: claimsIn(holders, observed), remarks: remarksOn(observed), unmapped: [] };
};
