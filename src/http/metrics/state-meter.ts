import { Gauge, type Registry } from 'prom-client';
import type { Pause } from '../../services/ports.js';
import type { AppContext } from '../app-context.js';
import { versionMeter } from './version-meter.js';

/** How long it is waited for the log, in milliseconds: a log that hangs must not hide that it does. */
const LOG_LIMIT_MS = 500;

/** What is wanted; null where it fails or does not come soon. */
const soon = <T>(wanted: Promise<T>, pause: Pause): Promise<T | null> =>
  Promise.race([wanted.catch(() => null), pause(LOG_LIMIT_MS).then(() => null)]);

const gaugeIn =
  (registry: Registry) =>
  (name: string, help: string): Gauge =>
    new Gauge({ name, help, registers: [registry] });

/** What is not known now is not told: an old number would look like a new one. */
const setWhereKnown = (gauge: Gauge, value: number | null): void => {
  if (value === null) gauge.remove();
  else gauge.set(value);
};

const tellEngine = (registry: Registry, engine: string): void => {
  const gauge = new Gauge({
    name: 'screening_engine_info',
    help: 'The version of the engine that decides: always 1.',
    labelNames: ['engine'],
    registers: [registry],
  });
  gauge.set({ engine }, 1);
};

/** Looks, whenever it is called, at how the service is: whether it can screen, how long its log is, and which versions are in force. Never throws. */
export const stateMeter = ({
  ports: { log, pause, engine },
  rulebooks,
  whyNotReady,
  meters,
}: AppContext): (() => Promise<void>) => {
  const newGauge = gaugeIn(meters.registry);
  const ready = newGauge('screening_ready', 'Whether the service can screen now: 1 or 0.');
  const entries = newGauge(
    'screening_log_entries',
    'Entries of the decision log. Absent while it cannot say.',
  );
  const waiting = newGauge(
    'screening_log_waiting',
    'Questions to the decision log that wait for their answer.',
  );
  const versions = versionMeter(meters, rulebooks);
  tellEngine(meters.registry, engine);
  return async () => {
    // Before it is asked anything here, which would be counted too.
    waiting.set(log.waiting());
    const isReady = whyNotReady().then((reason) => reason === null);
    const [can, head] = await Promise.all([soon(isReady, pause), soon(log.head(null), pause)]);
    ready.set(can === true ? 1 : 0);
    setWhereKnown(entries, head?.size ?? null);
    versions();
  };
};
