import { collectDefaultMetrics, Registry } from 'prom-client';

let kept: Registry | null = null;

/** Those that are no numbers where two who watch ask at once, and nothing was measured between them. */
const SOMETIMES_NONE = ['min', 'mean', 'stddev'].map((name) => `nodejs_eventloop_lag_${name}_seconds`);

const begun = (): Registry => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of SOMETIMES_NONE) registry.removeSingleMetric(name);
  return registry;
};

/**
 * What is measured of the process: its memory, its handles, and how late its event loop is. It is the same for every service in it, so it is
 * begun once, by the first of them: what watches the event loop goes on as long as the process, and keeps it from ending no longer.
 */
export const processRegistry = (): Registry => (kept ??= begun());
