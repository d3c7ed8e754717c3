import type { Derivation } from '../derivation.js';
import type { Fact, FactCode, Measured, Option, Range } from '../fact.js';
import type { Sort } from './change.js';
import { diffDerivation } from './diff-derivation.js';
import {
  numberField,
  objectField,
  partsField,
  recordField,
  textField,
  valueField,
  type Field,
  type Fields,
} from './fields.js';
import { itemsField, setField } from './list-fields.js';

/** Every key that a fact of some type has. A key that is new must be given its place in the table below. */
type FactKey = Fact extends infer F ? (F extends Fact ? keyof F : never) : never;

const QUESTION: Sort = { kind: 'question', effect: 'words' };
const CODES: Sort = { kind: 'codes', effect: 'logic' };
const CODE_WORDS: Sort = { kind: 'codes', effect: 'words' };
const UNIT: Sort = { kind: 'unit', effect: 'logic' };
const RANGE: Sort = { kind: 'range', effect: 'logic' };
const OPTIONS: Sort = { kind: 'options', effect: 'logic' };
const OPTION_WORDS: Sort = { kind: 'options', effect: 'words' };
const COMPONENTS: Sort = { kind: 'components', effect: 'logic' };
const ORDER_OF_WORDS: Sort = { kind: 'order', effect: 'words' };

/** Which records of an EHR are taken for an answer is logic; how they are called is not. */
const CODE: Fields<keyof FactCode> = {
  system: valueField('terminology', CODES),
  code: valueField('code', CODES),
  display: textField('display', CODE_WORDS),
  status: valueField('status', CODE_WORDS),
  match: valueField('match', CODES),
  except: setField('exceptions', CODES),
  answer: valueField('answer that it stands for', CODES),
  component: valueField('component that it measures', CODES),
  limit: valueField("component that takes the laboratory's limit", CODES),
};

const OPTION: Fields<keyof Option> = {
  code: valueField('code', OPTIONS),
  label: textField('label', OPTION_WORDS),
};

const LIMITS: Fields<keyof Range> = {
  min: numberField('lower physical limit', RANGE),
  max: numberField('upper physical limit', RANGE),
};

const MEASURED: Fields<keyof Measured> = {
  unit: valueField('unit', UNIT),
  range: objectField('physical limits', RANGE, LIMITS),
  integer: valueField('restriction to whole numbers', RANGE),
  alsoAccepts: recordField('accepted unit', UNIT, numberField('factor', UNIT)),
};

const codesField = itemsField({
  one: 'code',
  all: 'codes',
  sort: CODES,
  order: ORDER_OF_WORDS,
  knownBy: ['system', 'code'],
  inside: CODE,
});

const optionsField = itemsField({
  one: 'option',
  all: 'options',
  sort: OPTIONS,
  order: ORDER_OF_WORDS,
  knownBy: ['code'],
  inside: OPTION,
});

const componentsField = recordField('component', COMPONENTS, objectField('component', COMPONENTS, MEASURED));

const DERIVE: Sort = { kind: 'derivation', effect: 'logic' };

const derivationOf = (fact: Fact): Derivation | null => (fact.type === 'derived' ? fact.derive : null);

const deriveField = (from: Derivation | null, to: Derivation | null): Field =>
  partsField(valueField('derivation', DERIVE), (pair) =>
    from === null || to === null || pair.from === null || pair.to === null
      ? []
      : diffDerivation({
          subject: pair.subject,
          from: { pointer: pair.from.pointer, value: from },
          to: { pointer: pair.to.pointer, value: to },
        }),
  );

/** How each key of a fact is compared. What the reader or the evaluation looks at is logic. */
export const factFields = (from: Fact, to: Fact): Fields<FactKey> => ({
  id: valueField('id', { kind: 'name', effect: 'logic' }),
  type: valueField('type', { kind: 'type', effect: 'logic' }),
  domain: valueField('domain', { kind: 'domain', effect: 'words' }),
  about: valueField('what it is about', { kind: 'about', effect: 'words' }),
  question: textField('question', QUESTION),
  help: textField('help', QUESTION),
  label: textField('label', { kind: 'wording', effect: 'words' }),
  detailOf: valueField('what it is a detail of', { kind: 'detail', effect: 'logic' }),
  gate: setField('particulars that it settles', { kind: 'gate', effect: 'logic' }),
  neverGated: valueField('whether it must be asked by itself', { kind: 'gate', effect: 'words' }),
  contradictedBy: valueField('what its answers cannot stand beside', { kind: 'gate', effect: 'logic' }),
  ...MEASURED,
  options: optionsField,
  open: valueField('whether the list is open', OPTIONS),
  components: componentsField,
  ordered: valueField('which component is the greater', COMPONENTS),
  derive: deriveField(derivationOf(from), derivationOf(to)),
  source: valueField('source', { kind: 'citation', effect: 'words' }),
  codes: codesField,
  tense: valueField('what a record of something that is over says', CODES),
  currentFor: valueField('for how long a record answers it', CODES),
});
