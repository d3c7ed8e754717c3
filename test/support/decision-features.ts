import { gatesOf } from '../../src/rules/dictionary.js';
import type { RuleSetBody } from '../../src/rules/rule-set.js';
import type { AnswerSent } from './http.js';
import type { KeptDecision } from './decision-fixtures.js';

type Finding = { readonly rule: string; readonly truth: string };

type Missing = { readonly reason: string; readonly need?: object };

type Answer = Pick<AnswerSent, 'verdict' | 'bounds' | 'validUntil'> & {
  readonly missing: readonly Missing[];
  readonly alsoUseful: readonly Missing[];
  readonly dataQuality: readonly { readonly code: string }[];
  readonly unmapped: readonly string[];
};

const missingFeatures = ({ reason, need = {} }: Missing): readonly string[] => [
  `missing ${reason}`,
  ...Object.keys(need).map((key) => `need ${key}`),
];

type Held = Readonly<Record<string, { readonly kind: string; readonly value?: unknown }>>;

/** How the gates of a version were answered: no, which settles particulars that were not sent; or yes, with a particular, or with none at all. */
const gateFeatures = ({ facts }: RuleSetBody, held: Held): readonly string[] =>
  gatesOf(facts).flatMap(({ id, gate }) => {
    const [answer, sent] = [held[id]?.value, gate.filter((particular) => held[particular] !== undefined)];
    if (answer === false) return sent.length < gate.length ? ['gate no, particulars not sent'] : [];
    if (answer !== true) return [];
    const isSome = sent.some((particular) => held[particular]?.value === true);
    return [isSome ? 'gate yes, with a particular' : 'gate yes, with none'];
  });

/**
 * What a decision shows of the engine, each in a word: the truth of each rule, the verdict with its bounds, why facts are unknown, how gates were
 * answered, and what was found in the data. Among the decisions of an engine each of them should be there.
 */
export const featuresOf = ({ parts }: KeptDecision, body: RuleSetBody): ReadonlySet<string> => {
  const answer = parts.answer as unknown as Answer;
  const { verdict, bounds, missing, alsoUseful, dataQuality, unmapped, validUntil } = answer;
  const text = JSON.stringify(parts.answer);
  return new Set([
    ...(parts.findings as unknown as readonly Finding[]).map(({ rule, truth }) => `${rule} is ${truth}`),
    `verdict ${verdict}`,
    `bounds ${bounds.floor} to ${bounds.ceiling}`,
    ...[...missing, ...alsoUseful].flatMap(missingFeatures),
    ...dataQuality.map(({ code }) => `data ${code}`),
    ...(unmapped.length > 0 ? ['unmapped'] : []),
    ...gateFeatures(body, (parts.intake as unknown as { facts: Held }).facts),
    ...(text.includes('"derived":') ? ['derived'] : []),
    validUntil === null ? 'valid for good' : 'valid until',
  ]);
};
