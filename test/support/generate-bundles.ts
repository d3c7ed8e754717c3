import { isJsonObject, type JsonObject } from '../../src/values/json.js';
import { diceOf } from './dice.js';
import type { Draw } from './generate-draw.js';
import { drawRecords } from './generate-records.js';
import { bundleOf, observation, plain, quantity } from './records.js';

/** What a record has beside what is read of it: EHRs send narratives that are far longer than the rest. */
const narrative = (draw: Draw): string => 'The patient was seen and examined. '.repeat(1 + draw(30));

const withNarrative = (draw: Draw, record: JsonObject): JsonObject => ({
  ...record,
  text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${narrative(draw)}</div>` },
});

/** Results that no rule asks for: most of what an EHR has. */
const unasked = (draw: Draw, index: number): JsonObject =>
  plain(
    withNarrative(
      draw,
      observation(`loinc:${String(1000 + draw(8000))}-${String(draw(10))}`, {
        id: `x-${String(index)}`,
        valueQuantity: quantity(draw(500), 'mg/dL'),
        effectiveDateTime: `20${String(10 + draw(16))}-0${String(1 + draw(9))}-1${String(draw(10))}`,
      }),
    ),
  );

/** How many results that no rule asks for a Bundle has: few as a rule, in one of forty so many that it reaches megabytes. */
const fillers = (draw: Draw): number => (draw(40) === 0 ? 1_000 + draw(4_000) : draw(60));

/** The Bundle of a patient that never was, the same one for a seed. */
export const syntheticBundle = (seed: number): JsonObject => {
  const draw = diceOf(seed * 7919 + 17);
  const records = drawRecords(draw).map((record) => withNarrative(draw, record));
  const others = Array.from({ length: fillers(draw) }, (_, index) => unasked(draw, index));
  const all = [...records, ...others];
  const type = draw(2) === 0 ? 'collection' : 'transaction';
  const bundle = bundleOf(all, { type });
  return isJsonObject(bundle) ? bundle : {};
};
