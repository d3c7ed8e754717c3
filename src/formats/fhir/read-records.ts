import type { Instant } from '../../values/instant.js';
import type { Issue } from '../../values/issue.js';
import { indexFacts, type Dictionary } from '../../rules/dictionary.js';
import type { SentFact } from '../../rules/fact.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import type { Facts } from '../../screening/facts.js';
import type { DataQuality, FactsRead, Provenance } from '../../screening/intake.js';
import { readFacts } from '../intake/read-facts.js';
import type { Claim } from './claim.js';
import { factCodesOf } from './fact-codes.js';
import { gatherClaims } from './gather.js';
import type { Products } from './products.js';
import { reconcile, type Reconciled } from './reconcile.js';
import { readResponse } from './read-response.js';
import type { Records } from './records.js';
import { settleContradictions } from './settle.js';
import { resolver } from './whose.js';

/** What records are read under. */
type Asked = { readonly body: RuleSetBody; readonly asOf: Instant; readonly products: Products };

type GivenRead = { readonly claims: readonly Claim[]; readonly issues: readonly Issue[] };

/** What the request says itself is read as in a native intake, and its faults are told where it says it. */
const readGiven = ({ given }: Records, { body, asOf }: Asked): GivenRead => {
  const reads = given.map((one) => ({ one, read: readFacts({ [one.fact]: one.value }, body, asOf) }));
  return {
    claims: reads.flatMap(({ one, read }) =>
      Object.values(read.facts).map((said) => ({ said, from: { fact: one.fact, pointer: one.pointer } })),
    ),
    issues: reads.flatMap(({ one, read }) =>
      read.issues.map((fault) => ({ ...fault, pointer: one.pointer })),
    ),
  };
};

const byFact = (claims: readonly Claim[]): ReadonlyMap<string, readonly Claim[]> => {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const group = groups.get(claim.from.fact);
    if (group === undefined) groups.set(claim.from.fact, [claim]);
    else group.push(claim);
  }
  return groups;
};

const isSent = (fact: { readonly type: string }): fact is SentFact => fact.type !== 'derived';

type Group = { readonly fact: SentFact; readonly claims: readonly Claim[] };

const groupsIn = (claims: readonly Claim[], { facts }: RuleSetBody): readonly Group[] => {
  const groups = byFact(claims);
  return facts.filter(isSent).flatMap((fact) => {
    const own = groups.get(fact.id);
    return own === undefined ? [] : [{ fact, claims: own }];
  });
};

const differRemarks = ({ fact, claims }: Group, { differ }: Reconciled): readonly DataQuality[] => {
  if (differ === null) return [];
  const pointer = claims[0]?.from.pointer ?? '';
  return differ === 'readings'
    ? [
        {
          pointer,
          code: 'conflicting-readings',
          detail: `readings of \`${fact.id}\` of one time differ: what they do not agree on counts as unknown`,
        },
      ]
    : [
        {
          pointer,
          code: 'conflicting-sources',
          detail: `sources disagree on \`${fact.id}\`: what is worse for the verdict counts, or nothing where that cannot be told`,
        },
      ];
};

/** Each place once: a record may say of a fact more than one thing. */
const placesOf = (groups: readonly Group[]): readonly Provenance[] =>
  groups.flatMap(({ claims }) => [
    ...new Map(claims.map(({ from }) => [from.pointer, from] as const)).values(),
  ]);

const reconcileAll = (
  groups: readonly Group[],
  asked: Asked,
): { readonly facts: Facts; readonly remarks: readonly DataQuality[] } => {
  const all = groups.map((group) => ({ group, reconciled: reconcile(group.fact, group.claims, asked) }));
  return {
    facts: Object.fromEntries(all.map(({ group, reconciled }) => [group.fact.id, reconciled.value] as const)),
    remarks: all.flatMap(({ group, reconciled }) => differRemarks(group, reconciled)),
  };
};

const readUnder = (records: Records, asked: Asked, dictionary: Dictionary): FactsRead => {
  const { body, asOf, products } = asked;
  const given = readGiven(records, asked);
  const gathered = gatherClaims(records, {
    under: { body, asOf, products, codes: factCodesOf(body), resolve: resolver(records.parts) },
    readResponse: (part) => readResponse(part, { body, asOf }),
  });
  const groups = groupsIn([...given.claims, ...gathered.claims], body);
  const reconciled = reconcileAll(groups, asked);
  const settled = settleContradictions(reconciled.facts, { dictionary, asOf, recorded: gathered.recorded });
  return {
    facts: settled.facts,
    unmapped: [...new Set(gathered.unmapped)].toSorted(),
    dataQuality: [...gathered.remarks, ...reconciled.remarks, ...settled.remarks],
    provenance: placesOf(groups),
    issues: [...given.issues, ...gathered.issues],
  };
};

/**
 * Reads the facts of a version out of records. What a record cannot say makes no fault of the request: it counts as unknown, with a remark.
 * INVARIANT: damaging a record, or leaving out one that alone tells of a fact, never raises the floor of the verdict and never lowers its ceiling.
 * @param records what came of one patient
 * @param asked   the version, the moment at which the facts are judged, and what is known of products
 */
export const readRecords = (records: Records, asked: Asked): FactsRead =>
  readUnder(records, asked, indexFacts(asked.body.facts));
