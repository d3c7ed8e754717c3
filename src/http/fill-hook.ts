import type { FhirServer } from '../formats/cds/fhir-server.js';
import { fillPrefetch } from '../formats/cds/fill-prefetch.js';
import { readCall, type HookRead } from '../formats/cds/hook-intake.js';
import { lackingIn, type Query } from '../formats/cds/lacking.js';
import type { HookCall } from '../formats/cds/read-hook.js';
import type { Templates } from '../formats/cds/templates.js';
import type { AppContext } from './app-context.js';
import { askerOf } from './ask-fhir-server.js';
import { Problem } from './problem.js';

/** A call as far as it was read, and what it lacks still. */
export type CallRead = {
  readonly call: HookCall;
  readonly read: HookRead;
  readonly lacks: readonly Query[];
};

/** What a call is read with. */
export type Reading = Pick<AppContext, 'products' | 'logger'> & {
  readonly templates: Templates;
  readonly requestId: string;
  /** Aborted once nobody waits for the answer any more. */
  readonly gone: AbortSignal;
};

/** Reads a call, and tells what it lacks. */
export const readWhole = (call: HookCall, { products, templates }: Reading): CallRead => {
  const read = readCall(call, products);
  return { call, read, lacks: lackingIn(call, read, templates) };
};

/**
 * Asks the FHIR server of a call for what its prefetch lacks: once, and once more where only the answer shows that there is an order for the treatment. What it does
 * not answer stays unknown.
 * @throws Problem where nobody waits any more: an answer with less than could be had must not be stored for whoever asks again
 */
export const fillCall = async (
  lacking: CallRead,
  server: FhirServer,
  reading: Reading,
): Promise<HookRead> => {
  const begun = performance.now();
  const ask = askerOf(server, reading.gone);
  let [current, asked, unanswered] = [lacking, 0, 0];
  while (current.lacks.length > 0) {
    const answers = await ask(current.lacks);
    asked += answers.length;
    unanswered += answers.filter(({ value }) => value === null).length;
    current = readWhole(fillPrefetch(current.call, answers, server.base), reading);
  }
  if (reading.gone.aborted) throw new Problem('request-timeout');
  const ms = Math.round(performance.now() - begun);
  const { requestId, logger } = reading;
  logger.info({ requestId, asked, unanswered, ms }, 'the FHIR server of a call was asked');
  return current.read;
};
