import { NO_PRODUCTS } from '../../src/formats/fhir/products.js';
import { readRecords } from '../../src/formats/fhir/read-records.js';
import { screen } from '../../src/screening/screen.js';
import { at } from '../support/builders.js';
import { diceOf } from '../support/dice.js';
import { drawRecords } from '../support/generate-records.js';
import { AS_OF, BODY, bundleOf, recordsOf } from '../support/records.js';
import { startService } from '../support/service.js';
import { aCall, aPatient, PATIENT } from '../support/hook-call.js';

const RESOURCES = 200;

const RUNS = 200;

const quantile = (times: readonly number[], share: number): string =>
  `${(times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0).toFixed(1)} ms`;

const tell = (what: string, times: readonly number[]): void => {
  console.log(`${what}: median ${quantile(times, 0.5)}, 95 in 100 below ${quantile(times, 0.95)}`);
};

const dice = diceOf(11);

/** The records of a patient of the hook, so many of them. */
const records = Array.from({ length: RESOURCES }, () => drawRecords(dice).slice(1))
  .flat()
  .slice(0, RESOURCES)
  .map((record, index) => ({
    ...record,
    id: `r-${String(index)}`,
    ...(Object.hasOwn(record, 'patient')
      ? { patient: { reference: `Patient/${PATIENT}` } }
      : { subject: { reference: `Patient/${PATIENT}` } }),
  }));

const call = JSON.stringify(
  aCall('order-sign', {
    prefetch: { patient: aPatient(), records: bundleOf(records, { type: 'searchset' }) },
  }),
);

const measureReading = (): readonly number[] =>
  Array.from({ length: RUNS }, () => {
    const begun = performance.now();
    const read = readRecords(recordsOf(bundleOf([aPatient(), ...records])), {
      body: BODY,
      asOf: at(AS_OF),
      products: NO_PRODUCTS,
    });
    screen(BODY, read.facts, at(AS_OF));
    return performance.now() - begun;
  });

const measureCalls = async (): Promise<readonly number[]> => {
  const service = await startService();
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const begun = performance.now();
    const response = await fetch(`${service.url}/cds-services/ketamine-order-sign`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: call,
    });
    const { cards } = (await response.json()) as { readonly cards: readonly object[] };
    if (!response.ok || cards.length === 0)
      throw new Error(`the call was answered ${String(response.status)}`);
    times.push(performance.now() - begun);
  }
  await service.stop();
  return times;
};

console.log(`${String(RESOURCES)} resources, a body of ${String(Math.round(call.length / 1024))} KiB`);
tell('read and screened in the process', measureReading().slice(20));
tell('a call of a hook over HTTP, its decision durable', (await measureCalls()).slice(20));
