import type { Response } from 'supertest';
import request from 'supertest';
import type { TestApp } from './test-app.js';

/** A series of a scrape: its name, its labels in their order, and what it stands at. */
export type Series = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

/** A scrape: every series, by its name with its labels as they are written. */
export type Measures = {
  readonly series: ReadonlyMap<string, Series>;
  readonly types: ReadonlyMap<string, string>;
};

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const HELP = new RegExp(`^# HELP (${NAME}) \\S.*$`);
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram)$`);
const SAMPLE = new RegExp(
  `^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?|\\+Inf)$`,
);

const labelsIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(new RegExp(LABEL, 'g'))].map(([label]) => {
      const at = label.indexOf('=');
      return [label.slice(0, at), label.slice(at + 2, -1)];
    }),
  );

const isOf = (name: string, metric: string, type: string): boolean =>
  type === 'histogram' ? ['_bucket', '_sum', '_count'].some((end) => name === metric + end) : name === metric;

/**
 * Reads the text format of Prometheus (0.0.4), and nothing looser: each metric once, with its help and its type before its series, and each series once.
 * @throws Error at the first line that is none
 */
export const readMeasures = (text: string): Measures => {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const series = new Map<string, Series>();
  const types = new Map<string, string>();
  let helped = '';
  let typed = '';
  for (const line of text.slice(0, -1).split('\n')) {
    if (line === '') continue;
    const [help, type, sample] = [HELP.exec(line)?.[1], TYPE.exec(line), SAMPLE.exec(line)];
    if (help !== undefined) helped = help;
    else if (type !== null) {
      typed = type[1] ?? '';
      if (typed !== helped || types.has(typed)) throw new Error(`not where it belongs: ${line}`);
      types.set(typed, type[2] ?? '');
    } else if (sample !== null) {
      const [, name = '', labels = '', value = ''] = sample;
      const key = labels === '' ? name : `${name}{${labels}}`;
      if (!isOf(name, typed, types.get(typed) ?? '')) throw new Error(`of no metric: ${line}`);
      if (series.has(key)) throw new Error(`twice: ${line}`);
      series.set(key, { name, labels: labelsIn(labels), value: Number(value.replace('+Inf', 'Infinity')) });
    } else throw new Error(`no line of the format: ${line}`);
  }
  return { series, types };
};

/** Asks a service how it is doing. */
export const askMeasures = async (
  { url }: TestApp,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> => request(url).get('/metrics').set(headers);

/** How a service is doing. @throws Error where it does not say so in the strict format */
export const measuresOf = async (
  app: TestApp,
  headers: Readonly<Record<string, string>> = {},
): Promise<Measures> => {
  const { status, text } = await askMeasures(app, headers);
  if (status !== 200) throw new Error(`answered ${status}: ${text}`);
  return readMeasures(text);
};

/** All that is not nothing of one metric, by the values of its labels, joined by spaces. */
export const countsOf = ({ series }: Measures, metric: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...series.values()]
      .filter(({ name, value }) => name === metric && value !== 0)
      .map(({ labels, value }) => [Object.values(labels).join(' '), value]),
  );

/** The names of the series that a service has of itself, without those of its process. */
export const namesOf = ({ series }: Measures): readonly string[] =>
  [...series.keys()].filter((key) => key.startsWith('screening_')).toSorted();
