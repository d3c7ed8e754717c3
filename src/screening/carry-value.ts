import type { Fact } from '../rules/fact.js';
import { carryCodeList } from './carry-code-list.js';
import { carrySeries } from './carry-series.js';
import type {
  BooleanValue,
  CodeListValue,
  CodeValue,
  DateValue,
  FactValue,
  NumberValue,
  SeriesValue,
  UnknownValue,
} from './facts.js';
import { isPossible } from './possible-number.js';

/** How a fact was declared for the value, and how it is declared now. */
type Declared = { readonly from: Fact; readonly to: Fact };

const readableAsItIs = (value: BooleanValue | DateValue, { from, to }: Declared): FactValue | null =>
  from.type === value.kind && to.type === value.kind ? value : null;

const readableNumber = (value: NumberValue, { from, to }: Declared): NumberValue | null => {
  if (from.type !== 'number' || to.type !== 'number' || from.unit !== to.unit) return null;
  return isPossible(value.low, to) && isPossible(value.high, to) ? value : null;
};

const readableCode = (value: CodeValue, { from, to }: Declared): CodeValue | null =>
  from.type === 'code' && to.type === 'code' && to.options.some(({ code }) => code === value.value)
    ? value
    : null;

const readableList = (value: CodeListValue, { from, to }: Declared): CodeListValue | null =>
  from.type === 'codeList' && to.type === 'codeList' ? carryCodeList(value, from, to) : null;

const readableSeries = (value: SeriesValue, { from, to }: Declared): SeriesValue | null =>
  from.type === 'series' && to.type === 'series' ? carrySeries(value, from, to) : null;

/** What is left of a value; null where the other version cannot read it. */
const readableOf = (value: FactValue, declared: Declared): FactValue | null => {
  switch (value.kind) {
    case 'unknown':
      return value;
    case 'boolean':
    case 'date':
      return readableAsItIs(value, declared);
    case 'number':
      return readableNumber(value, declared);
    case 'code':
      return readableCode(value, declared);
    case 'codeList':
      return readableList(value, declared);
    case 'series':
      return readableSeries(value, declared);
  }
};

/** It was sent, and the version cannot read it. */
export const UNREADABLE: UnknownValue = { kind: 'unknown', reason: 'unreadable' };

/**
 * Carries what is known of one fact from the version that it was read for to another version that declares it. Nothing is converted, and nothing
 * guessed.
 *
 * - What is unknown stays so, for its reason: it is of no type.
 * - A boolean and a date stand as they are where the type is the same.
 * - A number needs the same unit, and must lie within the limits of the other version, a whole one where it must be whole.
 * - A code must be one of the options there.
 * - Code lists and series have files of their own.
 *
 * @returns the same object where nothing was lost, else what is left: at worst unknown, `unreadable`
 * INVARIANT: what comes out is of the type of `to` or unknown, and nothing in it is known that was not known in `value`.
 */
export const carryValue = (value: FactValue, declared: Declared): FactValue =>
  readableOf(value, declared) ?? UNREADABLE;
