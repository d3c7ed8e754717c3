import { Counter, type Registry } from 'prom-client';
import { WHY_REFUSED, type Refusal } from '../known.js';

/** Counts credentials that were refused, by why and never by what they were. */
export const credentialMeter = (registry: Registry): ((why: Refusal) => void) => {
  const refused = new Counter({
    name: 'screening_credentials_refused_total',
    help: 'Credentials that counted for nothing, by why.',
    labelNames: ['why'],
    registers: [registry],
  });
  for (const why of WHY_REFUSED) refused.inc({ why }, 0);
  return (why) => {
    refused.inc({ why });
  };
};
