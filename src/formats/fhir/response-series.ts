import type { JsonValue } from '../../values/json.js';
import type { Measured, SeriesFact } from '../../rules/fact.js';
import { MAX_READINGS } from '../../rules/points.js';
import { readMeasured } from '../intake/measured.js';
import { readPastMoment } from '../intake/moment.js';
import { readSeries } from '../intake/series.js';
import { joinRead, NOTHING_READ, type ClaimsRead } from './claim.js';
import { formItem } from './form-items.js';
import { oneAnswer, type OneAnswer } from './response-answer.js';
import { factOfAnswer } from './response-fact.js';
import { withinItems, type ResponseItem } from './response-items.js';
import { answersIn, answerTo, claimOf, unknownOf, unreadableAt, type FactOf } from './response.js';

type About = FactOf<SeriesFact>;

/** A group of a response, in which one reading stands. */
type Group = { readonly group: ResponseItem; readonly about: About };

const answerInGroup = ({ group, about: { response } }: Group, linkId: string): OneAnswer | null =>
  oneAnswer(
    answersIn(withinItems(group.items).filter((item) => item.linkId === linkId)),
    formItem(response.form, linkId),
  );

/** The time of a reading; null where there is none that can be read. */
const timeIn = (within: Group): string | null => {
  const { fact, response } = within.about;
  const answer = answerInGroup(within, `${fact.id}.takenAt`);
  if (answer === null || 'fault' in answer || typeof answer.native !== 'string') return null;
  const moment = readPastMoment(answer.native, response.asOf, answer.pointer).value;
  return moment === null ? null : answer.native;
};

type ComponentRead = { readonly value: number | null; readonly remarks: readonly ClaimsRead[] };

/** A component, in the unit of the dictionary. One that cannot be read is null: it stays in its reading, at its time. */
const componentIn = (within: Group, name: string, measured: Measured): ComponentRead => {
  const answer = answerInGroup(within, `${within.about.fact.id}.reading.${name}`);
  if (answer === null) return { value: null, remarks: [] };
  const native = 'fault' in answer ? null : answer.native;
  const { value } = readMeasured(native, measured, answer.pointer);
  return { value, remarks: value === null ? [unreadableAt(answer.pointer)] : [] };
};

/**
 * One reading. Where its time is known, what cannot be read of it is null at that time, so that no older reading takes its place; so is all
 * of a reading whose numbers cannot stand together. Null where its time is not known: it may be the one that counts.
 */
const readingIn = (within: Group): ClaimsRead | null => {
  const { fact, response } = within.about;
  const { pointer } = within.group;
  const takenAt = timeIn(within);
  if (takenAt === null || within.group.answers.length > 0) return null;
  const components = Object.entries(fact.components).map(
    ([name, measured]) => [name, componentIn(within, name, measured)] as const,
  );
  const read = (valueOf: (component: ComponentRead) => JsonValue): ClaimsRead | null => {
    const values = components.map(([name, component]) => [name, valueOf(component)] as const);
    const sent = [{ ...Object.fromEntries(values), takenAt }];
    const reading = readSeries(sent, { fact, asOf: response.asOf }, pointer).value?.value.readings[0];
    return reading === undefined ? null : claimOf(fact, { kind: 'reading', reading }, pointer);
  };
  const known = read(({ value }) => value);
  const remarks = joinRead(components.flatMap(([, component]) => component.remarks));
  if (known !== null) return joinRead([known, remarks]);
  const unknown = read(() => null);
  return unknown === null ? null : joinRead([unknown, remarks, unreadableAt(pointer)]);
};

/** Whether anything in an item was answered. A group that a form sends empty is no reading. */
const isAnswered = (item: ResponseItem): boolean => answersIn(withinItems([item])).length > 0;

const partsOf = ({ id, components }: SeriesFact): readonly string[] => [
  `${id}.takenAt`,
  ...Object.keys(components).map((name) => `${id}.reading.${name}`),
];

/** Parts of readings that stand in no group of the series: nobody can tell which belong together. */
const straysOf = ({ fact, response }: About, groups: readonly ResponseItem[]): readonly ResponseItem[] => {
  const inside = new Set(groups.flatMap(({ items }) => withinItems(items)));
  return partsOf(fact)
    .flatMap(response.itemsOf)
    .filter((item) => item.answers.length > 0 && !inside.has(item));
};

/**
 * Reads a series out of a response: a claim for each reading, with the place of its group. A reading without a time that can be read may be any
 * of them, so then the whole series is unknown.
 */
export const seriesInResponse = (about: About): ClaimsRead => {
  const { fact, response } = about;
  const groups = response.itemsOf(fact.id).filter(isAnswered);
  const strays = straysOf(about, groups);
  if (groups.length === 0 && strays.length === 0)
    return factOfAnswer(about, answerTo(response, `${fact.id}.unknown`));
  const reads = groups.map((group) => readingIn({ group, about }));
  const lost = [
    ...groups.filter((_, index) => reads[index] === null),
    ...groups.slice(MAX_READINGS),
    ...strays,
  ];
  const [first] = lost;
  return first === undefined
    ? joinRead(reads.map((read) => read ?? NOTHING_READ))
    : joinRead([
        unknownOf(fact, 'unreadable', first.pointer),
        ...lost.map(({ pointer }) => unreadableAt(pointer)),
      ]);
};
