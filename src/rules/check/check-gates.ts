import { gatesOf, type Dictionary } from '../dictionary.js';
import { isRuleOfGate, type Gate } from '../gate-rule.js';
import type { RuleSetBody } from '../rule-set.js';
import type { RuleIssue } from '../rule-issue.js';
import { NONE, ruleIssue, type CheckContext } from './check-context.js';

const MAX_PARTICULARS = 8;

const MAX_DOMAINS = 2;

const hasItsRule = (gate: Gate, { body }: CheckContext): boolean =>
  body.rules.some((rule) => rule.severity === 'relative' && isRuleOfGate(rule, gate));

const whyNotParticular = (gate: Gate, id: string, { body, dictionary }: CheckContext): string | null => {
  const particular = dictionary.facts.get(id);
  if (particular === undefined) return `unknown fact \`${id}\``;
  if (particular.type !== 'boolean')
    return `\`${id}\` is a ${particular.type}: a gate stands over booleans only`;
  if (particular.gate !== undefined) return `\`${id}\` is a gate itself`;
  if (particular.neverGated === true)
    return `\`${id}\` is never to be gated: take it off the list, so that it is asked by itself`;
  if (particular.about !== gate.about)
    return `\`${gate.id}\` is about the ${gate.about}, and \`${id}\` is not`;
  if (isDeclaredBefore(id, gate.id, dictionary))
    return `declare \`${gate.id}\` before its particular \`${id}\``;
  return isUnderTwoGates(id, body) ? `\`${id}\` stands under two gates` : null;
};

const isUnderTwoGates = (id: string, body: RuleSetBody): boolean =>
  gatesOf(body.facts).filter((other) => other.gate.includes(id)).length > 1;

const isDeclaredBefore = (id: string, other: string, { order }: Dictionary): boolean =>
  (order.get(id) ?? 0) < (order.get(other) ?? 0);

/** The domain of a gate and those of its particulars. A question over many things is answered no without thinking of each. */
const domainsUnder = (gate: Gate, { facts }: Dictionary): number =>
  new Set([gate.domain, ...gate.gate.map((id) => facts.get(id)?.domain ?? gate.domain)]).size;

const checkBreadth = (gate: Gate, pointer: string, { dictionary }: CheckContext): readonly RuleIssue[] => [
  ...(gate.gate.length > MAX_PARTICULARS
    ? [
        ruleIssue(
          pointer,
          'bad-gate',
          `a gate stands over at most ${String(MAX_PARTICULARS)} particulars: ask two questions`,
        ),
      ]
    : NONE),
  ...(domainsUnder(gate, dictionary) > MAX_DOMAINS
    ? [
        ruleIssue(
          pointer,
          'bad-gate',
          `a gate stands over at most ${String(MAX_DOMAINS)} domains, its own among them: ask two questions`,
        ),
      ]
    : NONE),
];

const checkGate = (gate: Gate, context: CheckContext): readonly RuleIssue[] => {
  const pointer = `/facts/${String(context.dictionary.order.get(gate.id) ?? 0)}/gate`;
  const particulars = gate.gate.flatMap((id, index) => {
    const why = whyNotParticular(gate, id, context);
    return why === null ? NONE : [ruleIssue(`${pointer}/${String(index)}`, 'bad-gate', why)];
  });
  return [
    ...particulars,
    ...checkBreadth(gate, pointer, context),
    ...(hasItsRule(gate, context)
      ? NONE
      : [
          ruleIssue(
            pointer,
            'gate-without-rule',
            `add a relative rule that is true when \`${gate.id}\` is true and none of its particulars is`,
          ),
        ]),
  ];
};

/** Checks the gates: a `true` that no particular explains must not be lost, and a `false` may settle only what it covers. */
export const checkGates = (context: CheckContext): readonly RuleIssue[] =>
  gatesOf(context.body.facts).flatMap((gate) => checkGate(gate, context));
