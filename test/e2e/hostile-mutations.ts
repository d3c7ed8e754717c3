import { readFileSync } from 'node:fs';
import type { Dice } from '../support/dice.js';
import { rawRequest } from '../support/raw-http.js';
import { CANARY, type Hostile } from './hostile-bodies.js';

const BASES: readonly string[] = ['eligible', 'review', 'incomplete', 'ineligible'].map((name) =>
  readFileSync(`examples/${name}.json`, 'utf8'),
);

const ODD: readonly string[] = [
  'null',
  'true',
  '-1',
  '1e308',
  '1e400',
  '""',
  `"${CANARY}"`,
  '[]',
  '[[]]',
  '{}',
  `{"unknown":"${CANARY}"}`,
  '{"value":1,"unit":"furlong"}',
  '"2026-13-45"',
  '"\\ud800"',
  '{"codes":[null],"complete":"yes"}',
  `{"__proto__":"${CANARY}"}`,
];

const pick = <T>(dice: Dice, items: readonly T[]): T => {
  const item = items[dice(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

const replaceAt = (text: string, from: number, to: number, by: string): string =>
  text.slice(0, from) + by + text.slice(to);

const VALUE = /: (?:"[^"]*"|-?[\d.]+|true|false)/g;

const oddValue = (text: string, dice: Dice): string => {
  const places = [...text.matchAll(VALUE)];
  const place = pick(dice, places);
  return replaceAt(text, place.index, place.index + place[0].length, `: ${pick(dice, ODD)}`);
};

const mutations: readonly ((text: string, dice: Dice) => string)[] = [
  (text, dice) => text.slice(0, dice(text.length)),
  (text, dice) => replaceAt(text, dice(text.length), dice(text.length), ''),
  (text, dice) => {
    const at = dice(text.length);
    return replaceAt(text, at, at + 1, String.fromCharCode(dice(128)));
  },
  (text, dice) => {
    const at = dice(text.length);
    return replaceAt(text, at, at, pick(dice, ODD));
  },
  oddValue,
  oddValue,
  (text, dice) => oddValue(oddValue(text, dice), dice),
  (text, dice) => text.replace(/"(\w+)":/g, (key) => (dice(12) === 0 ? '"age":' : key)),
  (text, dice) => text.replace(/"(\w+)":/g, (key, name: string) => (dice(12) === 0 ? `"${name}x":` : key)),
];

const PATHS = ['/screen', '/intake/next', '/intakes'] as const;

/** A batch in which a line was damaged: each line is answered for itself, and the status is 200. */
export const damagedBatch = (dice: Dice, index: number): Hostile => {
  const damaged = pick(dice, mutations)(pick(dice, BASES), dice);
  const lines = [pick(dice, BASES), damaged, pick(dice, ODD)].map((text) => text.replaceAll('\n', ' '));
  const bytes = rawRequest(
    'POST /screen/batch HTTP/1.1',
    ['Content-Type: application/x-ndjson'],
    lines.slice(dice(3)).join('\n'),
  );
  return { name: `damaged batch ${String(index)}`, bytes, mayPass: true };
};

/** An intake that was damaged: it may still be a good one, and then 200 is right, but never where it is no JSON. */
export const damagedIntake = (dice: Dice, index: number): Hostile & { readonly text: string } => {
  const text = pick(dice, mutations)(pick(dice, BASES), dice);
  const bytes = rawRequest(`POST ${pick(dice, PATHS)} HTTP/1.1`, ['Content-Type: application/json'], text);
  return { name: `damaged intake ${String(index)}`, bytes, mayPass: true, text };
};

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'] as const;
const SEGMENTS = [
  '%00',
  '..',
  CANARY,
  '{set}',
  '%F0%9F',
  "'",
  '1.0.0',
  'ketamine-pain',
  '',
  '%2e%2e%2f',
] as const;
const ACCEPTS = ['*/*', 'text/html', 'application/json;q=0', 'x', CANARY, 'application/json'] as const;

/** A request to a documented path with parts, methods and headers that it is not meant for. */
export const damagedRequest = (dice: Dice, index: number, paths: readonly string[]): Hostile => {
  const path = pick(dice, paths).replace(/\{\w+\}/g, () => pick(dice, SEGMENTS));
  const query =
    dice(3) === 0 ? `?${pick(dice, ['a', 'version', 'ruleSet', '__proto__'])}=${pick(dice, SEGMENTS)}` : '';
  const headers = [
    `Accept: ${pick(dice, ACCEPTS)}`,
    ...(dice(2) === 0 ? ['Content-Type: application/json'] : []),
  ];
  const body = dice(2) === 0 ? pick(dice, ODD) : '';
  const line = `${pick(dice, METHODS)} ${path}${query} HTTP/1.1`;
  return {
    name: `damaged request ${String(index)}: ${line}`,
    bytes: rawRequest(line, headers, body),
    mayPass: true,
  };
};
