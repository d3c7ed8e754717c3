import { gatesOf } from '../../src/rules/dictionary.js';
import type { RuleSet } from '../../src/rules/rule-set.js';
import { screen } from '../../src/screening/screen.js';
import type { JsonValue } from '../../src/values/json.js';
import { readUnder } from '../support/generate-case.js';
import { chance, pick, times, type Draw } from '../support/generate-draw.js';
import { hintsOf } from '../support/generate-hints.js';
import { drawIntake, REASONS, type SentIntake } from '../support/generate-intake.js';
import { accepted, drawRuleSetBody, ruleOf } from '../support/generate-rule-set.js';
import { law, laws, must } from './law.js';

const INTAKES = 5;

/** A rule set with one more rule for each particular, which is true where the particular is. */
const withProbes = (draw: Draw): RuleSet => {
  const body = drawRuleSetBody(draw);
  const particulars = gatesOf(body.facts).flatMap(({ gate }) => gate);
  const probes = particulars.map((fact) =>
    ruleOf(`probe-${fact.toLowerCase()}`, 'precaution', { fact, is: true }),
  );
  return accepted({ ...body, rules: [...body.rules, ...probes] });
};

type Probe = { readonly gate: string; readonly particular: string };

/** The truth that a particular has; null where the reader refuses the intake. */
const truthOf = (ruleSet: RuleSet, sent: SentIntake, { particular }: Probe): string | null => {
  const { asOf, issues, read } = readUnder(ruleSet, sent);
  if (asOf === null || issues.length > 0) return null;
  const { findings } = screen(ruleSet.body, read.facts, asOf);
  return findings.find(({ rule }) => rule.id === `probe-${particular.toLowerCase()}`)?.truth ?? 'no probe';
};

type TruthWith = (gate: JsonValue, particular: JsonValue) => string | null;

/** Gives whether something was tried: the reader refuses an intake in which details that were drawn contradict what is tried. */
type Check = (probe: Probe, truthWith: TruthWith) => boolean;

/** Tries each gate with each of its particulars, on intakes in which both are sent as the check says. */
const forParticulars = (draw: Draw, check: Check): number => {
  const ruleSet = withProbes(draw);
  const hints = hintsOf(ruleSet.body);
  const probes = gatesOf(ruleSet.body.facts).flatMap(({ id, gate }) =>
    gate.map((particular) => ({ gate: id, particular })),
  );
  const tries = times(INTAKES, () => drawIntake(draw, ruleSet.body, hints)).flatMap((sent) =>
    probes.map((probe) =>
      check(probe, (gate, particular) => {
        const facts = { ...sent.facts, [probe.gate]: gate, [probe.particular]: particular };
        return truthOf(ruleSet, { ...sent, facts }, probe);
      }),
    ),
  );
  return tries.filter(Boolean).length;
};

const drawUnknown = (draw: Draw): JsonValue => ({ unknown: pick(draw, REASONS) });

/** That a particular has a truth, wherever the reader accepts the intake. */
const has = (probe: Probe, got: string | null, truth: string): boolean => {
  must(
    got === null || got === truth,
    () => `${probe.particular} under ${probe.gate} is ${String(got)}, not ${truth}`,
  );
  return got !== null;
};

laws('a gate', () => {
  law('never clears a particular that was sent as unknown', { seed: 51, runs: 260 }, (draw) =>
    forParticulars(draw, (probe, truthWith) => {
      const gate = pick(draw, [false, true, null, drawUnknown(draw), false]);
      return has(probe, truthWith(gate, drawUnknown(draw)), 'unknown');
    }),
  );

  law('that is false settles a particular that was not sent', { seed: 52, runs: 260 }, (draw) =>
    forParticulars(draw, (probe, truthWith) => has(probe, truthWith(false, null), 'false')),
  );

  law('that is not false settles no particular', { seed: 53, runs: 260 }, (draw) =>
    forParticulars(draw, (probe, truthWith) => {
      const gate = pick(draw, [true, null, drawUnknown(draw)]);
      return has(probe, truthWith(gate, null), 'unknown');
    }),
  );

  law('never changes a particular that is known', { seed: 54, runs: 260 }, (draw) =>
    forParticulars(draw, (probe, truthWith) => {
      const known = chance(draw, 50);
      const gate = pick(draw, [true, null, drawUnknown(draw), ...(known ? [] : [false])]);
      return has(probe, truthWith(gate, known), String(known));
    }),
  );

  law('that is false beside a particular that is true is refused', { seed: 55, runs: 260 }, (draw) =>
    forParticulars(draw, (probe, truthWith) => {
      must(truthWith(false, true) === null, () => `${probe.particular} under ${probe.gate} was taken`);
      return true;
    }),
  );
});
