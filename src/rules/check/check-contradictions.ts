import { pointerTo } from '../../values/pointer.js';
import { contradictionsOf } from '../dictionary.js';
import type { Contradiction, Fact } from '../fact.js';
import type { RuleIssue } from '../rule-issue.js';
import { checkCriterion, placedTests } from './check-criterion.js';
import { NONE, ruleIssue, type CheckContext } from './check-context.js';

type Listed = Contradiction<boolean | string>;

const checkAnswer = (answer: boolean | string, fact: Fact, pointer: string): readonly RuleIssue[] =>
  fact.type !== 'code' || fact.options.some(({ code }) => code === answer)
    ? NONE
    : [
        ruleIssue(
          pointerTo(pointer, 'answer'),
          'unknown-code',
          `\`${fact.id}\` has no option \`${String(answer)}\`: correct the code, or add the option`,
        ),
      ];

const checkSources = ({ when }: Listed, pointer: string, { sources }: CheckContext): readonly RuleIssue[] =>
  placedTests(when, pointerTo(pointer, 'when')).flatMap(({ test, pointer: place }) =>
    !('source' in test) || sources.has(test.source)
      ? NONE
      : [
          ruleIssue(
            pointerTo(place, 'source'),
            'unknown-source',
            `unknown source \`${test.source}\`: correct its id, or add it to sources.json`,
          ),
        ],
  );

/** A criterion that tests the very fact would only say that an answer contradicts itself. */
const checkOther = ({ when }: Listed, fact: Fact, pointer: string): readonly RuleIssue[] =>
  placedTests(when, pointerTo(pointer, 'when')).flatMap(({ test, pointer: place }) =>
    test.fact === fact.id
      ? [
          ruleIssue(
            pointerTo(place, 'fact'),
            'bad-order',
            `\`${fact.id}\` cannot be contradicted by itself: test another fact`,
          ),
        ]
      : NONE,
  );

/** Checks what answers cannot stand beside. */
export const checkContradictions = (context: CheckContext): readonly RuleIssue[] =>
  context.body.facts.flatMap((fact, index) =>
    contradictionsOf(fact).flatMap((listed, place) => {
      const pointer = `/facts/${String(index)}/contradictedBy/${String(place)}`;
      const form = [
        ...checkAnswer(listed.answer, fact, pointer),
        ...checkCriterion(listed.when, { pointer: pointerTo(pointer, 'when'), context }),
      ];
      return form.length > 0
        ? form
        : [...checkSources(listed, pointer, context), ...checkOther(listed, fact, pointer)];
    }),
  );
