import type { JsonObject } from '../../values/json.js';
import type { FactCode, Measured, SeriesFact } from '../../rules/fact.js';
import { MAX_READINGS } from '../../rules/points.js';
import { terminologyCoding } from './coding.js';
import { maxOccurs } from './extension.js';
import { measuredType } from './measured-item.js';

/** The words of a name in camelCase: `meanPressure` is "Mean pressure". */
const wordsOfName = (name: string): string => {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

/** Whether a code of a series is that of one component: its words then name it, as "Systolic blood pressure" does. */
export const isOfComponent = ({ display }: FactCode, name: string): boolean =>
  display.toLowerCase().split(/\W+/).includes(name.toLowerCase());

const codes = (coded: readonly FactCode[]): JsonObject =>
  coded.length === 0 ? {} : { code: coded.map(terminologyCoding) };

const componentItem = (fact: SeriesFact, name: string, measured: Measured): JsonObject => ({
  linkId: `${fact.id}.reading.${name}`,
  ...codes((fact.codes ?? []).filter((code) => isOfComponent(code, name))),
  text: wordsOfName(name),
  ...measuredType(measured),
});

/**
 * How a series is asked: a group that is repeated for each reading, with a question for its time and one for each component. A component
 * that is left empty in a reading with a time is one that could not be read.
 * @param help words to be shown with the question
 * @param when under which conditions the series is asked
 */
export const seriesItem = (fact: SeriesFact, help: readonly JsonObject[], when: JsonObject): JsonObject => {
  const names = Object.keys(fact.components);
  return {
    linkId: fact.id,
    extension: [maxOccurs(MAX_READINGS)],
    ...codes((fact.codes ?? []).filter((code) => !names.some((name) => isOfComponent(code, name)))),
    text: fact.question,
    type: 'group',
    ...when,
    repeats: true,
    item: [
      ...help,
      { linkId: `${fact.id}.takenAt`, text: 'When was this reading taken?', type: 'dateTime' },
      ...Object.entries(fact.components).map(([name, measured]) => componentItem(fact, name, measured)),
    ],
  };
};
