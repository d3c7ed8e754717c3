import type { Change, ChangeKind } from '../../src/rules/diff/change.js';
import { changesIn, diffRuleSets, type RuleSetDifference } from '../../src/rules/diff/diff-rule-sets.js';
import { canonicalTextOf, type Place } from '../../src/rules/diff/place.js';
import { logicFingerprintOf } from '../../src/rules/fingerprint.js';
import { neededStep } from '../../src/rules/release/needed-step.js';
import type { RuleSet } from '../../src/rules/rule-set.js';
import { screen } from '../../src/screening/screen.js';
import type { Instant } from '../../src/values/instant.js';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { acceptedCase, readUnder, withCase, type Case } from '../support/generate-case.js';
import { chance, times, type Draw } from '../support/generate-draw.js';
import { drawEdit, drawEdited } from '../support/generate-edit.js';
import { hintsOf } from '../support/generate-hints.js';
import { drawIntake, type SentIntake } from '../support/generate-intake.js';
import { drawRuleSet } from '../support/generate-rule-set.js';
import { law, laws, must } from './law.js';

const INTAKES = 10;

type TwoSets = { readonly from: RuleSet; readonly to: RuleSet };

/** Two versions: one and what some edits made of it; now and then two that have nothing in common. */
const drawTwo = (draw: Draw): TwoSets => {
  const from = drawRuleSet(draw);
  return { from, to: chance(draw, 10) ? drawRuleSet(draw) : drawEdited(draw, from) };
};

const diffOf = ({ from, to }: TwoSets): RuleSetDifference => diffRuleSets(from.body, to.body);

const unescaped = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');

const valueAt = ({ body }: RuleSet, pointer: string): JsonValue | undefined =>
  pointer
    .split('/')
    .slice(1)
    .map(unescaped)
    .reduce<JsonValue | undefined>((value, step) => (value as JsonObject | undefined)?.[step], body);

const leads = (place: Place | null, ruleSet: RuleSet): void => {
  if (place === null) return;
  const there = valueAt(ruleSet, place.pointer) ?? null;
  must(canonicalTextOf(there) === canonicalTextOf(place.value), () => `${place.pointer} is something else`);
};

const MIRRORED: Partial<Readonly<Record<ChangeKind, ChangeKind>>> = { added: 'removed', removed: 'added' };

/** What a change is seen from the one side, or from the other. Which of two that changed places was moved is a matter of sides. */
const seen = (changes: readonly Change[], side: 'here' | 'there'): string =>
  changes
    .filter(({ kind }) => kind !== 'order')
    .map(({ kind, effect, from, to }) =>
      side === 'here' ? [kind, effect, from, to] : [MIRRORED[kind] ?? kind, effect, to, from],
    )
    .map((one) => JSON.stringify(one))
    .toSorted()
    .join('\n');

/** What is said of some facts by a version, as far as words cannot change it. */
const said = ({ body }: RuleSet, facts: Case['facts'], asOf: Instant): string => {
  const { verdict, bounds, findings, validUntil, undetermined } = screen(body, facts, asOf);
  const truths = findings.map(({ rule, truth }) => [rule.id, rule.severity, truth]);
  return JSON.stringify([verdict, bounds, truths, validUntil, undetermined]);
};

const saysTheSame = ({ ruleSet, sent, facts, asOf }: Case, other: RuleSet): void => {
  const read = readUnder(other, sent);
  must(read.issues.length === 0, () => `it is refused now: ${JSON.stringify(read.issues)}`);
  const [before, after] = [said(ruleSet, facts, asOf), said(other, read.read.facts, asOf)];
  must(before === after, () => `${before}\nbecame\n${after}`);
};

const isIn = (inner: string, outer: string): boolean => `${inner}/`.startsWith(`${outer}/`);

/** Whether a change is told at a place, inside it or around it. */
const isNear =
  (pointer: string) =>
  ({ from, to }: Change): boolean => {
    const place = (from ?? to)?.pointer ?? '';
    return isIn(place, pointer) || isIn(pointer, place);
  };

/** Whether a version refuses an intake. */
const isRefused = (sent: SentIntake, by: RuleSet): boolean => readUnder(by, sent).issues.length > 0;

laws('what a release says of its version', () => {
  law(
    'the logic fingerprint differs exactly where the effect is logic',
    { seed: 7401, runs: 600 },
    (draw) => {
      const { from, to } = drawTwo(draw);
      const differs = logicFingerprintOf(from.body) !== logicFingerprintOf(to.body);
      const { effect } = diffOf({ from, to });
      const changes = (): string =>
        changesIn(diffOf({ from, to }))
          .map(({ inWords }) => inWords)
          .join('\n');
      must(
        differs === (effect === 'logic'),
        () => `${String(differs)}, and the effect is ${effect}:\n${changes()}`,
      );
      return 1;
    },
  );

  law('a step that is not major refuses nothing that was taken', { seed: 7402, runs: 500 }, (draw) => {
    const { from, to } = drawTwo(draw);
    const step = neededStep(from.body, to.body);
    if (step === 'major') return 0;
    const hints = hintsOf(from.body);
    times(INTAKES, () => {
      const sent = drawIntake(draw, from.body, hints);
      must(isRefused(sent, from) || !isRefused(sent, to), () => `${String(step)}: ${JSON.stringify(sent)}`);
    });
    return INTAKES;
  });
});

laws('the difference of two versions', () => {
  law('of which both are one is empty', { seed: 151, runs: 100 }, (draw) => {
    const from = drawRuleSet(draw);
    const difference = diffOf({ from, to: from });
    must(difference.effect === 'none' && changesIn(difference).length === 0, () => 'something changed');
    return 1;
  });

  law('is empty exactly where they have one fingerprint', { seed: 152, runs: 300 }, (draw) => {
    const two = drawTwo(draw);
    const difference = diffOf(two);
    const isOne = two.from.sha256 === two.to.sha256;
    must((changesIn(difference).length === 0) === isOne, () => 'a change is not told');
    must((difference.effect === 'none') === isOne, () => difference.effect);
    return 1;
  });

  law('tells an edit where it was made', { seed: 153, runs: 300 }, (draw) => {
    const from = drawRuleSet(draw);
    const edit = drawEdit(draw, from);
    if (edit === null) return 0;
    const changes = changesIn(diffOf({ from, to: edit.ruleSet }));
    must(
      changes.some(isNear(edit.pointer)),
      () => `${edit.pointer} is not among ${changes.map(({ inWords }) => inWords).join('\n')}`,
    );
    return 1;
  });

  law('points to what stood and stands there', { seed: 154, runs: 300 }, (draw) => {
    const two = drawTwo(draw);
    const changes = changesIn(diffOf(two));
    for (const { from, to } of changes) {
      leads(from, two.from);
      leads(to, two.to);
    }
    return changes.length;
  });

  law('has its sides turned where the versions are turned', { seed: 155, runs: 300 }, (draw) => {
    const { from, to } = drawTwo(draw);
    const [there, back] = [diffOf({ from, to }), diffOf({ from: to, to: from })];
    const [one, other] = [seen(changesIn(there), 'here'), seen(changesIn(back), 'there')];
    must(one === other, () => `${one}\nturned\n${other}`);
    must(there.effect === back.effect, () => `${there.effect} became ${back.effect}`);
    return 1;
  });

  law('that is of words alone changes no screening', { seed: 156, runs: 300 }, (draw) => {
    const from = drawRuleSet(draw);
    const to = drawEdited(draw, from);
    const difference = diffOf({ from, to });
    if (difference.effect === 'logic') return 0;
    const hints = hintsOf(from.body);
    const cases = times(INTAKES, () => acceptedCase(from, hints, drawIntake(draw, from.body, hints)));
    cases.forEach((one) => withCase(one, () => saysTheSame(one, to)));
    return cases.length;
  });
});
