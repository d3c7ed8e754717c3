import { Gauge, type Registry } from 'prom-client';

/** Keeps how many requests are worked on, as it is told whenever that changes. */
export const workMeter = (registry: Registry): ((atWork: number) => void) => {
  const gauge = new Gauge({
    name: 'screening_requests_at_work',
    help: 'Requests that have arrived whole and are not yet answered, save those that are always answered.',
    registers: [registry],
  });
  return (atWork) => {
    gauge.set(atWork);
  };
};
