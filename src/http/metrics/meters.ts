import { Registry } from 'prom-client';
import type { Refusal } from '../known.js';
import { credentialMeter } from './credential-meter.js';
import { screeningMeter, type ScreeningMeter } from './screening-meter.js';
import { workMeter } from './work-meter.js';

/** What a service counts of itself. Every label takes its values from a closed list, or from the names of its own rule sets and versions. */
export type Meters = {
  /** Holds what is counted. Each service has one of its own. */
  readonly registry: Registry;
  readonly screening: ScreeningMeter;
  /** Counts a credential that counted for nothing. */
  readonly credentialRefused: (why: Refusal) => void;
  /** Keeps how many requests are worked on. */
  readonly atWork: (requests: number) => void;
};

/** The meters of a new service, all of them at nothing. */
export const newMeters = (): Meters => {
  const registry = new Registry();
  return {
    registry,
    screening: screeningMeter(registry),
    credentialRefused: credentialMeter(registry),
    atWork: workMeter(registry),
  };
};
