import { gatesOf } from '../../src/rules/dictionary.js';
import type { RuleSet } from '../../src/rules/rule-set.js';
import { screen } from '../../src/screening/screen.js';
import type { JsonValue } from '../../src/values/json.js';
import { readUnder } from '../support/generate-case.js';
import { pick, type Draw } from '../support/generate-draw.js';
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

type Check = (probe: Probe, truthWith: (gate: JsonValue, particular: JsonValue) => string | null) => void;

/** Tries each gate with each of its particulars, on intakes in which both are sent as the check says. */
const forParticulars = (draw: Draw, check: Check): number => {
  const ruleSet = withProbes(draw);
  const hints = hintsOf(ruleSet.body);
  const probes = gatesOf(ruleSet.body.facts).flatMap(({ id, gate }) =>
    gate.map((particular) => ({ gate: id, particular })),
  );
  for (let index = 0; index < INTAKES; index += 1)
    for (const probe of probes) {
      const sent = drawIntake(draw, ruleSet.body, hints);
      check(probe, (gate, particular) => {
        const facts = { ...sent.facts, [probe.gate]: gate, [probe.particular]: particular };
        return truthOf(ruleSet, { ...sent, facts }, probe);
      });
    }
  return probes.length * INTAKES;
};

const drawUnknown = (draw: Draw): JsonValue => ({ unknown: pick(draw, REASONS) });

/** That a particular has a truth wherever the reader accepts the intake: details drawn before may contradict. */
const has = (probe: Probe, got: string | null, truth: string): void =>
  must(
    got === null || got === truth,
    () => `${probe.particular} under ${probe.gate} is ${String(got)}, not ${truth}`,
  );

laws('a gate', () => {
  law('never clears a particular that was sent as unknown', { seed: 51, runs: 200 }, (draw) =>
    forParticulars(draw, (probe, truthWith) => {
      for (const gate of [false, true, null, drawUnknown(draw)])
        has(probe, truthWith(gate, drawUnknown(draw)), 'unknown');
    }),
  );

  law(
    'that is false settles a particular that was not sent, and no other value of it does',
    { seed: 52, runs: 200 },
    (draw) =>
      forParticulars(draw, (probe, truthWith) => {
        has(probe, truthWith(false, null), 'false');
        for (const gate of [true, null, drawUnknown(draw)]) has(probe, truthWith(gate, null), 'unknown');
      }),
  );

  law('never changes a particular that is known', { seed: 53, runs: 200 }, (draw) =>
    forParticulars(draw, (probe, truthWith) => {
      for (const gate of [true, null, drawUnknown(draw)]) {
        has(probe, truthWith(gate, true), 'true');
        has(probe, truthWith(gate, false), 'false');
      }
      has(probe, truthWith(false, false), 'false');
    }),
  );

  law('that is false beside a particular that is true is refused', { seed: 54, runs: 200 }, (draw) =>
    forParticulars(draw, (probe, truthWith) => {
      must(truthWith(false, true) === null, () => `${probe.particular} under ${probe.gate} was taken`);
    }),
  );
});
