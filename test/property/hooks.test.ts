import { readCall, type HookRead } from '../../src/formats/cds/hook-intake.js';
import { readHook } from '../../src/formats/cds/read-hook.js';
import { serviceOf } from '../../src/formats/cds/treatment.js';
import { NO_PRODUCTS } from '../../src/formats/fhir/products.js';
import { screen, type Screening } from '../../src/screening/screen.js';
import type { JsonObject, JsonValue } from '../../src/values/json.js';
import { at } from '../support/builders.js';
import { chance, pick, type Draw } from '../support/generate-draw.js';
import { damaged, drawAnswers, drawRecords } from '../support/generate-records.js';
import { aBundle, aCall, anOrder } from '../support/hook-call.js';
import { AS_OF, BODY, plain } from '../support/records.js';
import { saysNoMore } from '../support/says-no-more.js';
import { shippedDraft, shippedVersion } from '../support/shipped-versions.js';
import { fillIn } from '../support/write-response.js';
import { law, laws, must } from './law.js';

const OF_PATIENT = { reference: 'Patient/pt-1' };

const DRAFT = shippedVersion(shippedDraft());

/** What a person answered, as a client has it: a response to the questionnaire. */
const drawResponse = (draw: Draw): JsonObject => {
  const facts = Object.fromEntries(drawAnswers(draw).map(({ fact, value }) => [fact, value]));
  return plain(fillIn(DRAFT, facts, { id: 'response', authored: AS_OF, subject: OF_PATIENT }).response);
};

type Prefetch = Readonly<Record<string, JsonValue>>;

/** A prefetch with the patient, answers of most, and some records: each by itself, or as the result of a search. */
const drawPrefetch = (draw: Draw): Prefetch => {
  const [patient = {}, ...records] = drawRecords(draw);
  const entries = records.map((record, index): readonly [string, JsonValue] => [
    `records-${String(index)}`,
    chance(draw, 50) ? record : aBundle([record]),
  ]);
  const answers = chance(draw, 80) ? { answers: drawResponse(draw) } : {};
  return { patient, ...answers, ...Object.fromEntries(entries) };
};

const readWith = (prefetch: Prefetch, order: JsonValue): HookRead => {
  const service = serviceOf('ketamine-order-sign');
  const draftOrders = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: order }] };
  const sent = aCall('order-sign', { context: { patientId: 'pt-1', draftOrders }, prefetch });
  const call = service === null ? null : readHook(sent, service);
  if (call?.ok !== true) throw new Error('the call is none');
  return readCall(call.value, NO_PRODUCTS);
};

/** Null where nothing is screened: then the answer is no verdict. */
const screened = (read: HookRead): Screening | null => {
  if (read.kind !== 'intake') return null;
  const { facts, issues } = read.intake.readFacts(BODY, at(AS_OF));
  return issues.length > 0 ? null : screen(BODY, facts, at(AS_OF));
};

const ORDER = anOrder({ subject: OF_PATIENT });

const mustSayNoMore = (less: HookRead, said: HookRead, what: () => unknown): void => {
  const [after, before] = [screened(less), screened(said)];
  if (after === null || before === null) return;
  must(
    saysNoMore(after, before),
    () =>
      `${JSON.stringify(before.bounds)} became ${JSON.stringify(after.bounds)}: ${JSON.stringify(what())}`,
  );
};

const ERROR: JsonObject = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'timeout' }],
};

/** What may stand in a prefetch where a client failed to get a record, or sends it damaged. */
const brokenValue = (draw: Draw, value: JsonValue): JsonValue => {
  const record = value as JsonObject;
  if (record.resourceType === 'Bundle')
    return pick<JsonValue>(draw, [
      { ...record, link: [{ relation: 'next', url: 'x' }] },
      { ...record, total: 99 },
      { ...record, entry: [7] },
      ERROR,
    ]);
  return chance(draw, 30)
    ? pick<JsonValue>(draw, [
        ERROR,
        { response: { status: '503' } },
        { response: { status: '200' }, resource: 7 },
        'x',
      ])
    : damaged(draw, record);
};

laws('a call of a hook', () => {
  law(
    'of which a value of the prefetch is damaged has a floor no higher and a ceiling no lower',
    { seed: 91, runs: 600 },
    (draw) => {
      const prefetch = drawPrefetch(draw);
      const key = pick(draw, Object.keys(prefetch));
      const broken = brokenValue(draw, prefetch[key] ?? null);
      const less = readWith({ ...prefetch, [key]: broken }, ORDER);
      must(less.kind !== 'silent', () => 'the order was passed over in silence');
      mustSayNoMore(less, readWith(prefetch, ORDER), () => ({ was: prefetch[key], broken }));
      return 1;
    },
  );

  law(
    'whose order is damaged is never passed over in silence, and says no more',
    { seed: 92, runs: 400 },
    (draw) => {
      const prefetch = drawPrefetch(draw);
      const broken = damaged(draw, ORDER);
      const less = readWith(prefetch, broken);
      must(less.kind !== 'silent', () => `silent for ${JSON.stringify(broken)}`);
      mustSayNoMore(less, readWith(prefetch, ORDER), () => broken);
      return 1;
    },
  );
});
