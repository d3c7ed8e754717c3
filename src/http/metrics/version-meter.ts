import { Gauge } from 'prom-client';
import { listRuleSets } from '../../services/rule-sets.js';
import type { Rulebooks } from '../../services/rulebooks.js';
import type { Meters } from './meters.js';

/** Tells, whenever it is called, which version is in force of each rule set as far as the service knows. */
export const versionMeter = (
  { registry, screening }: Meters,
  { known }: Pick<Rulebooks, 'known'>,
): (() => void) => {
  const gauge = new Gauge({
    name: 'screening_rule_set_in_force',
    help: 'The version of each rule set that is in force: always 1.',
    labelNames: ['rule_set', 'version'],
    registers: [registry],
  });
  return () => {
    gauge.reset();
    for (const { id: ruleSet, inForce } of listRuleSets(known())) {
      if (inForce === null) continue;
      const { version } = inForce.body;
      gauge.set({ rule_set: ruleSet, version }, 1);
      screening.expect({ ruleSet, version });
    }
  };
};
