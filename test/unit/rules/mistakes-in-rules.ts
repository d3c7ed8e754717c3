import type { JsonObject } from '../../../src/values/json.js';
import { aRule, compare, elapsed, is } from '../../support/builders.js';
import type { Mistakes } from './planted-mistakes.js';

const deep = (levels: number): JsonObject => (levels === 0 ? is('angina') : { not: deep(levels - 1) });

const wide = (parts: number): JsonObject => ({ any: Array.from({ length: parts }, () => is('angina')) });

const absolute = (criterion: JsonObject): JsonObject => aRule('another', 'absolute', criterion);

const relative = (criterion: JsonObject): JsonObject => aRule('another', 'relative', criterion);

/** Mistakes in rules. The small set has 8 rules, so one that is appended is number 8. */
export const MISTAKES_IN_RULES: Mistakes = {
  'not-in-the-language': {
    'an unknown key': ['/rules/0/severty', 'x', '/rules/0'],
    'an unknown operator': ['/rules/0/criterion/compare', '=='],
    'no citation': ['/rules/0/citations', []],
    'no title': ['/rules/0/title', undefined],
    'an unknown severity': ['/rules/0/severity', 'absolut'],
    'an all of nothing': ['/rules/1/criterion/all', []],
    'an atLeast of nought': [
      '/rules/1/criterion',
      { atLeast: 0, of: [is('angina')] },
      '/rules/1/criterion/atLeast',
    ],
    'a duration of two parts': ['/rules/1/criterion/all/1/duration', 'P1M2D'],
  },
  'duplicate-id': {
    'a rule id twice': ['/rules/7/id', 'severe-pressure'],
    'a source id twice': [
      '/sources/-',
      { id: 'guide', title: 'Again', year: 2025, kind: 'policy', basis: 'policy' },
      '/sources/1/id',
    ],
    'a domain id twice': [
      '/domains/-',
      { id: 'heart', title: 'Again', description: 'Again.' },
      '/domains/1/id',
    ],
  },
  'reserved-id': {
    'the id of the scope': ['/rules/7/id', 'outside-scope'],
  },
  'unknown-fact': {
    'a misspelt fact in a test': ['/rules/1/criterion/all/0/fact', 'angena'],
    'a misspelt fact under not and any': [
      '/rules/3/criterion/all/1/not/any/0/fact',
      'angena',
      undefined,
      ['gate-without-rule /facts/5/gate'],
    ],
    'a misspelt fact in the scope': ['/scope/criterion/fact', 'adlut'],
  },
  'wrong-type': {
    'is on a number': ['/rules/-', relative(is('age')), '/rules/8/criterion'],
    'in on a boolean': ['/rules/-', relative({ fact: 'angina', in: ['yes'] }), '/rules/8/criterion'],
    'includesAny on a code': [
      '/rules/-',
      relative({ fact: 'route', includesAny: ['oral'] }),
      '/rules/8/criterion',
    ],
    'a comparison of a date': ['/rules/-', relative(compare('lastAttack', '<', 5)), '/rules/8/criterion'],
    'elapsed on a number': ['/rules/-', relative(elapsed('age', '<', 'P1D')), '/rules/8/criterion'],
    'a comparison of a series': [
      '/rules/-',
      relative(compare('pressure', '>', 160, 'mm[Hg]')),
      '/rules/8/criterion',
    ],
  },
  'unknown-code': {
    'a code that is no option': ['/rules/7/criterion/in/0', 'nasal', '/rules/7/criterion'],
    'a code that is in no list': ['/rules/6/criterion/includesAny/0', '9999', '/rules/6/criterion'],
  },
  'unknown-source': {
    'a citation of no source': [
      '/rules/0/citations/0/source',
      'nowhere',
      undefined,
      ['source-not-cited /rules/0/criterion/source'],
    ],
  },
  'unknown-domain': {
    'a rule of no domain': ['/rules/0/domain', 'lungs'],
  },
  'unit-mismatch': {
    'a threshold in another unit': ['/rules/0/criterion/unit', 'kPa'],
  },
  'decided-by-range': {
    'a threshold above the range': ['/rules/0/criterion/value', 301],
    'a threshold at the end that every number reaches': ['/rules/0/criterion/value', 20],
    'a test that lists every option': ['/rules/7/criterion/in/-', 'intravenous', '/rules/7/criterion'],
    'a score that no answer gives': ['/rules/5/criterion/value', 10],
  },
  'bad-duration': {
    'hours against a date': ['/rules/1/criterion/all/1/duration', 'PT24H'],
  },
  'absolute-over-treatment': {
    'an absolute rule about the treatment': [
      '/rules/-',
      absolute({ all: [is('angina'), { fact: 'route', in: ['oral'] }] }),
      '/rules/8/criterion/all/1',
    ],
    'an absolute rule about a score of the treatment': [
      '/rules/5/severity',
      'absolute',
      '/rules/5/criterion',
    ],
  },
  'no-locator': {
    'no citation with a place': ['/rules/0/citations/0/locator', null, '/rules/0/citations'],
  },
  'source-not-cited': {
    'a number whose source is not cited': ['/rules/1/criterion/all/1/source', 'study'],
  },
  'too-large': {
    'more than 12 levels': ['/rules/-', relative(deep(12)), '/rules/8/criterion'],
    'more than 200 parts': ['/rules/-', relative(wide(200)), '/rules/8/criterion'],
  },
  'bad-count': {
    'an atLeast that can never be true': [
      '/rules/-',
      relative({ not: { atLeast: 3, of: [is('angina'), is('adult')] } }),
      '/rules/8/criterion/not',
    ],
  },
};
