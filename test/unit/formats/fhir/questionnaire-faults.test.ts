import { describe, expect, it } from 'vitest';
import { writeQuestionnaire } from '../../../../src/formats/fhir/write-questionnaire.js';
import type { JsonObject, JsonValue } from '../../../../src/values/json.js';
import { aRuleSet, changed, ruleSetOf } from '../../../support/builders.js';
import { questionnaireFaults } from '../../../support/questionnaire-faults.js';
import { allItems, itemsOf } from '../../../support/questionnaire-form.js';

const { body, sha256 } = ruleSetOf(aRuleSet());
const sound = writeQuestionnaire(body, sha256);

/** The JSON Pointer of the item of a `linkId`. */
const pointerOf = (linkId: string, item: JsonObject = sound, pointer = ''): string | null => {
  if (item.linkId === linkId) return pointer;
  const items = (item.item ?? []) as readonly JsonObject[];
  return items.reduce<string | null>(
    (found, child, index) => found ?? pointerOf(linkId, child, `${pointer}/item/${String(index)}`),
    null,
  );
};

/** The sound questionnaire with a mistake in one item, or with an element taken away. */
const mistaken = (linkId: string, element: string, value?: JsonValue): JsonObject => {
  const pointer = pointerOf(linkId);
  if (pointer === null) throw new Error(`there is no item ${linkId}`);
  return changed(sound, `${pointer}/${element}`, value);
};

const MIN_VALUE = 'http://hl7.org/fhir/StructureDefinition/minValue';
const UNIT = 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit';

const gateIs = (more: JsonObject): JsonValue => [{ question: 'heartDisease', ...more }];

const PLANTED: readonly (readonly [
  fault: string,
  linkId: string,
  element: string,
  value: JsonValue | undefined,
])[] = [
  ['que-1 group', 'about:treatment', 'item', []],
  ['que-1 group', 'about:treatment', 'item', undefined],
  [
    'que-1 display',
    'adult',
    'item',
    [{ linkId: 'a', type: 'display', item: [{ linkId: 'b', type: 'date' }] }],
  ],
  ['que-2', 'age', 'linkId', 'adult'],
  ['que-3', 'adult', 'item', [{ linkId: 'a', type: 'display', code: [{ system: 'urn:a', code: 'b' }] }]],
  ['que-4', 'adult', 'answerValueSet', 'urn:a'],
  ['que-5', 'lastAttack', 'answerOption', [{ valueDate: '2026' }]],
  ['que-6', 'adult', 'item', [{ linkId: 'a', type: 'display', required: true }]],
  ['que-7', 'lastAttack', 'enableWhen', gateIs({ operator: 'exists', answerCoding: { code: 'N' } })],
  ['que-8', 'about:treatment', 'initial', [{ valueString: 'a' }]],
  ['que-9', 'adult', 'item', [{ linkId: 'a', type: 'display', readOnly: true }]],
  ['que-10', 'lastAttack', 'maxLength', 3],
  ['que-11', 'adult', 'initial', [{ valueString: 'a' }]],
  ['que-12', 'lastAttack', 'enableBehavior', undefined],
  ['que-13', 'age', 'initial', [{ valueDecimal: 1 }, { valueDecimal: 2 }]],
  ['type', 'adult', 'type', 'yes-or-no'],
  ['choice without options', 'adult', 'answerOption', undefined],
  [
    'option twice',
    'adult',
    'answerOption/-',
    { valueCoding: { system: 'urn:ketamine-screening:codes:unknown', code: 'declined' } },
  ],
  ['coding without a code', 'adult', 'code', [{ system: 'http://loinc.org', code: ' ' }]],
  ['coding without an absolute system', 'adult', 'code', [{ system: 'loinc', code: '1' }]],
  ['element answers', 'adult', 'answers', 1],
  ['enableBehavior', 'lastAttack', 'enableBehavior', 'some'],
  [
    'enableWhen names no item',
    'lastAttack',
    'enableWhen',
    [{ question: 'nothing', operator: 'exists', answerBoolean: true }],
  ],
  ['enableWhen names the item itself', 'lastAttack', 'enableWhen/0/question', 'lastAttack'],
  ['enableWhen names an item without answers', 'lastAttack', 'enableWhen/0/question', 'domain:heart'],
  ['operator', 'lastAttack', 'enableWhen/1/operator', '<>'],
  [
    'answer of another type than the question',
    'lastAttack',
    'enableWhen',
    gateIs({ operator: '!=', answerBoolean: false }),
  ],
  ['answer that is no option of the question', 'lastAttack', 'enableWhen/1/answerCoding/code', 'no'],
  ['extension', 'age', 'extension', [{ url: MIN_VALUE, valueInteger: 1 }]],
  ['extension', 'lastAttack', 'extension', [{ url: UNIT, valueCoding: { system: 'urn:a', code: 'b' } }]],
  ['extension', 'adult', 'extension', [{ url: 'urn:a', valueString: 'b' }]],
  ['extension', 'age', 'extension', [{ url: MIN_VALUE }]],
  ['limits the wrong way round', 'urgency', 'extension/0/valueInteger', 9],
  ['null', 'adult', 'text', null],
  ['empty', 'adult', 'text', ' '],
];

describe('the check of a questionnaire', () => {
  it('finds nothing wrong with a sound one', () => {
    expect(allItems(itemsOf(sound)).length).toBeGreaterThan(20);
    expect(questionnaireFaults(sound)).toEqual([]);
  });

  it.each(PLANTED)('finds %s in %s: %s %j', (fault, linkId, element, value) => {
    const faults = questionnaireFaults(mistaken(linkId, element, value));
    expect(faults.join('\n')).toContain(fault);
  });

  it.each<readonly [string, JsonValue | undefined]>([
    ['/resourceType', 'Form'],
    ['/status', 'in-force'],
    ['/status', undefined],
    ['/url', 'questionnaire'],
    ['/url', 'urn:a b'],
    ['/version', '1|2'],
    ['/name', 'small set'],
    ['/date', 'yesterday'],
    ['/subjectType', ['Cat']],
    ['/item', undefined],
    ['/questions', 1],
  ])('finds what is wrong with %s: %j', (pointer, value) => {
    expect(questionnaireFaults(changed(sound, pointer, value))).toHaveLength(1);
  });
});
