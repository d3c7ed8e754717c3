import { describe, expect, it } from 'vitest';
import { writeQuestionnaire } from '../../../../src/formats/fhir/write-questionnaire.js';
import { gatesOf, indexFacts } from '../../../../src/rules/dictionary.js';
import type { SentFact } from '../../../../src/rules/fact.js';
import { questionnaireFaults } from '../../../support/questionnaire-faults.js';
import {
  allItems,
  itemsOf,
  shownItems,
  type Answers,
  type FormItem,
  type Reading,
} from '../../../support/questionnaire-form.js';
import { shippedRules } from '../../../support/test-app.js';

const READINGS: readonly Reading[] = ['unanswered differs', 'unanswered does not differ'];

const READ = shippedRules().all();

const isSent = (fact: { readonly type: string }): fact is SentFact => fact.type !== 'derived';

const UNKNOWN = 'urn:ketamine-screening:codes:unknown';
const YES_NO = 'http://terminology.hl7.org/CodeSystem/v2-0136';

const ANSWERS = {
  yes: { system: YES_NO, code: 'Y' },
  no: { system: YES_NO, code: 'N' },
  'not sure': { system: UNKNOWN, code: 'asked-unknown' },
  declined: { system: UNKNOWN, code: 'declined' },
} as const;

const STATES = ['yes', 'no', 'not sure', 'declined', 'unanswered'] as const;

const answered = (id: string, state: (typeof STATES)[number]): Answers =>
  state === 'unanswered' ? {} : { [id]: ANSWERS[state] };

describe.each(READ)('the questionnaire of $body.id $body.version', ({ body, sha256 }) => {
  const questionnaire = writeQuestionnaire(body, sha256);
  const items = itemsOf(questionnaire);
  const sent = body.facts.filter(isSent);
  const { gateOf } = indexFacts(body.facts);
  const gates = gatesOf(body.facts).map((gate) => gate.id);
  const details = sent.filter(({ detailOf }) => detailOf !== undefined).map(({ id }) => id);

  /** What has to be answered yes before a question is reached: its wholes and gates, and theirs. */
  const wayTo = (id: string): Answers => {
    const fact = sent.find((one) => one.id === id);
    const above = [fact?.detailOf, gateOf.get(id)].filter((one) => one !== undefined);
    return Object.assign({}, ...above.map((one) => ({ ...wayTo(one), ...answered(one, 'yes') }))) as Answers;
  };

  const isShown = (id: string, answers: Answers, reading: Reading): boolean =>
    shownItems(items, answers, reading).has(id);

  it('is sound', () => {
    expect(questionnaireFaults(questionnaire)).toEqual([]);
  });

  it('asks every fact that is sent in one place', () => {
    const ids = allItems(items).map(({ linkId }) => linkId);
    expect(sent.map(({ id }) => ids.filter((one) => one === id).length)).toEqual(sent.map(() => 1));
    expect(body.facts.filter((fact) => !isSent(fact) && ids.includes(fact.id))).toEqual([]);
  });

  it('has gates and details to look at', () => {
    expect(gates.length).toBeGreaterThanOrEqual(5);
    expect(details.length).toBeGreaterThanOrEqual(22);
  });

  it.each(gates.flatMap((gate) => STATES.map((state) => [gate, state] as const)))(
    'hides what is under %s only for a no: %s',
    (gate, state) => {
      const particulars = sent.filter(({ id }) => gateOf.get(id) === gate).map(({ id }) => id);
      const answers = { ...wayTo(gate), ...answered(gate, state) };
      for (const reading of READINGS)
        expect(particulars.filter((id) => isShown(id, answers, reading) !== (state !== 'no'))).toEqual([]);
    },
  );

  it.each(details.flatMap((detail) => STATES.map((state) => [detail, state] as const)))(
    'shows the detail %s once what it is of was answered, but not no: %s',
    (detail, state) => {
      const whole = sent.find(({ id }) => id === detail)?.detailOf ?? '';
      const answers = { ...wayTo(whole), ...answered(whole, state) };
      const expected = state !== 'no' && state !== 'unanswered';
      for (const reading of READINGS) expect(isShown(detail, answers, reading)).toBe(expected);
    },
  );

  it('hides a detail whose whole is under a gate that was answered no', () => {
    const answers = { ...answered('heartDisease', 'no'), ...answered('acuteHeartEvent', 'yes') };
    for (const reading of READINGS) expect(isShown('lastHeartEventDate', answers, reading)).toBe(false);
  });

  it('asks why a number or a date has no answer only while it has none', () => {
    const asked = (item: FormItem): boolean => ['integer', 'decimal', 'date'].includes(item.type);
    const ids = allItems(items)
      .filter(asked)
      .map(({ linkId }) => linkId)
      .filter((linkId) => sent.some(({ id }) => id === linkId));
    expect(ids.length).toBeGreaterThanOrEqual(11);
    for (const id of ids) {
      const before = isShown(`${id}.unknown`, wayTo(id), 'unanswered differs');
      const after = isShown(`${id}.unknown`, { ...wayTo(id), [id]: 'some value' }, 'unanswered differs');
      expect([id, before, after]).toEqual([id, true, false]);
    }
  });

  it('shows everything else from the beginning', () => {
    const shown = shownItems(items, {}, 'unanswered differs');
    expect(sent.filter(({ id }) => !shown.has(id)).map(({ id }) => id)).toEqual(details);
  });
});
