import { TERMINOLOGY_NAMES, type FactCode, type SentFact } from '../../rules/fact.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import { TERMINOLOGIES } from './coding.js';
import type { Concept, RecordCode } from './concept.js';

/** A fact that a code is about, and the entry of the dictionary that says so. */
export type Match = { readonly fact: SentFact; readonly by: FactCode };

/** Finds what the codes of a dictionary are about. */
export type FactCodes = {
  /** Every fact that one of the codes of a concept is about, each once for a code of the dictionary. */
  readonly matches: (concept: Concept) => readonly Match[];
  /** The facts whose words in the dictionary stand in a text, in whole. */
  readonly named: (text: string) => readonly Match[];
  /** All codes of the dictionary. */
  readonly all: readonly Match[];
};

type System = FactCode['system'];

/** The object identifiers under which older records have the same terminologies (HL7 registry; general knowledge, to check). */
const OIDS: readonly (readonly [string, System])[] = [
  ['urn:oid:2.16.840.1.113883.6.96', 'snomed'],
  ['urn:oid:2.16.840.1.113883.6.90', 'icd10cm'],
  ['urn:oid:2.16.840.1.113883.6.1', 'loinc'],
  ['urn:oid:2.16.840.1.113883.6.88', 'rxnorm'],
];

const SYSTEMS: ReadonlyMap<string, System> = new Map([
  ...TERMINOLOGY_NAMES.map((name) => [TERMINOLOGIES[name], name] as const),
  ...OIDS,
]);

/** ICD-10-CM is often sent without its point, and in small letters; every other code is compared as it is. */
const normal = (system: System, code: string): string =>
  system === 'icd10cm' ? code.replaceAll('.', '').toUpperCase() : code;

/** A code of the dictionary as codes are compared with it. */
type Wanted = { readonly match: Match; readonly code: string; readonly except: readonly string[] };

const wantedBy = (match: Match): Wanted => ({
  match,
  code: normal(match.by.system, match.by.code),
  except: (match.by.except ?? []).map((one) => normal(match.by.system, one)),
});

/** What is left out is left out with all that is under it: K72.0 takes K72.00 and K72.01 with it. */
const isUnder = (sent: string, { code, except }: Wanted): boolean =>
  sent.startsWith(code) && !except.some((one) => sent.startsWith(one));

type Lookup = (code: string) => readonly Match[];

/** Finds codes of one terminology: those that are one code by their text, so that only those that are many are tried one by one. */
const lookupIn = (system: System, all: readonly Match[]): Lookup => {
  const wanted = all.filter(({ by }) => by.system === system).map(wantedBy);
  const many = wanted.filter(({ match }) => match.by.match === 'prefix');
  const single = new Map<string, readonly Wanted[]>();
  for (const one of wanted)
    if (one.match.by.match !== 'prefix') single.set(one.code, [...(single.get(one.code) ?? []), one]);
  return (code) => {
    const sent = normal(system, code);
    const found = [...(single.get(sent) ?? []), ...many.filter((one) => isUnder(sent, one))];
    return found.map(({ match }) => match);
  };
};

/** Records hold characters that nobody sees, and any punctuation. */
const plainWords = (text: string): string =>
  ` ${text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .join(' ')
    .trim()} `;

/** Words this short stand in too many texts that mean something else. */
const SHORTEST_NAME = 5;

const build = (body: RuleSetBody): FactCodes => {
  const all = body.facts
    .filter((fact): fact is SentFact => fact.type !== 'derived')
    .flatMap((fact) => (fact.codes ?? []).map((by) => ({ fact, by })));
  const words = all.map((match) => ({ match, words: plainWords(match.by.display) }));
  const lookups = new Map(TERMINOLOGY_NAMES.map((system) => [system, lookupIn(system, all)] as const));
  const matchesOf = ({ system, code }: RecordCode): readonly Match[] => {
    const known = SYSTEMS.get(system);
    return (known === undefined ? undefined : lookups.get(known))?.(code) ?? [];
  };
  return {
    all,
    matches: ({ codes }) => [...new Set(codes.flatMap(matchesOf))],
    named: (text) => {
      const said = plainWords(text);
      return words
        .filter((one) => one.words.length > SHORTEST_NAME + 1 && said.includes(one.words))
        .map(({ match }) => match);
    },
  };
};

const built = new WeakMap<RuleSetBody, FactCodes>();

/** The codes of a version. A version never changes, so they are put in order once. */
export const factCodesOf = (body: RuleSetBody): FactCodes => {
  const known = built.get(body);
  if (known !== undefined) return known;
  const codes = build(body);
  built.set(body, codes);
  return codes;
};

/** Whether a code is one of RxNorm. */
export const isRxNorm = ({ system }: RecordCode): boolean => SYSTEMS.get(system) === 'rxnorm';

/** A code as it is told among those that nothing could be made of. */
export const tokenOf = ({ system, code }: RecordCode): string => `${system}|${code}`;
