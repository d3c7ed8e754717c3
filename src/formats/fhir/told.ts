import type { JsonObject } from '../../values/json.js';
import type { AnsweredMissing } from './answered.js';

/** One thing that is told under a name: a value in FHIR's own form, such as `{ "valueCode": "declined" }`, or things of its own. */
export type Told = { readonly name: string } & (
  { readonly value: JsonObject } | { readonly parts: readonly Told[] }
);

/** A code under a name. */
export const codeTold = (name: string, valueCode: string): Told => ({ name, value: { valueCode } });

/** A text under a name. */
export const textTold = (name: string, valueString: string): Told => ({ name, value: { valueString } });

/** Yes or no under a name. */
export const booleanTold = (name: string, valueBoolean: boolean): Told => ({ name, value: { valueBoolean } });

/** A moment under a name. */
export const momentTold = (name: string, valueDateTime: string): Told => ({ name, value: { valueDateTime } });

/** What is told, as an extension within another one. */
export const asExtension = (told: Told): JsonObject =>
  'value' in told
    ? { url: told.name, ...told.value }
    : { url: told.name, extension: told.parts.map(asExtension) };

/** What is told, as a parameter. */
export const asParameter = (told: Told): JsonObject =>
  'value' in told
    ? { name: told.name, ...told.value }
    : { name: told.name, part: told.parts.map(asParameter) };

type Need = NonNullable<AnsweredMissing['need']>;

const needTold = ({ precision, readings, within, complete }: Need): readonly Told[] => [
  ...(precision === undefined ? [] : [codeTold('precision', precision)]),
  ...(readings === undefined ? [] : [{ name: 'readings', value: { valuePositiveInt: readings } }]),
  ...(within === undefined ? [] : [textTold('within', within)]),
  ...(complete === undefined ? [] : [booleanTold('complete', complete)]),
];

/** Everything that an answer says of a fact that is not known. */
export const missingTold = (missing: AnsweredMissing): readonly Told[] => [
  textTold('fact', missing.fact),
  textTold('question', missing.question),
  ...(missing.help === undefined ? [] : [textTold('help', missing.help)]),
  codeTold('reason', missing.reason),
  codeTold('couldMake', missing.couldMake),
  ...missing.rules.map((rule) => codeTold('rule', rule)),
  ...(missing.need === undefined ? [] : needTold(missing.need)),
];
