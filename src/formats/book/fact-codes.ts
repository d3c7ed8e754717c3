import type { FactCode } from '../../rules/fact.js';
import { tag, tagWith, type Element, type Markup } from './markup.js';

const SYSTEMS: Readonly<Record<FactCode['system'], string>> = {
  snomed: 'SNOMED CT',
  icd10cm: 'ICD-10-CM',
  loinc: 'LOINC',
  rxnorm: 'RxNorm',
  ips: 'Absent or unknown (IPS)',
};

const MATCHES: Readonly<Record<NonNullable<FactCode['match']>, string>> = {
  exact: 'this code alone',
  prefix: 'and every code that begins with it',
};

const STATUSES: Readonly<Record<FactCode['status'], string>> = { seen: 'seen', 'to-check': 'to check' };

const exceptionsOf = ({ except = [] }: FactCode): Markup =>
  except.length === 0
    ? null
    : ['; except ', except.map((code, index) => [index === 0 ? '' : ', ', tag('code', code)]).flat()];

/** What a code stands for, beside being about the question. */
const meaningOf = ({ answer, component, limit }: FactCode): Markup =>
  [
    answer === undefined ? null : ['; answers ', tag('code', answer)],
    component === undefined ? null : ['; measures ', tag('code', component)],
    limit === undefined ? null : ['; with its upper limit as ', tag('code', limit)],
  ].flat();

const codeShown = (code: FactCode): Element =>
  tag(
    'li',
    tag('code', code.code),
    ` ${code.display} `,
    tagWith('span', { className: ['mark', `basis-${code.status}`] }, STATUSES[code.status]),
    code.match === undefined && code.except === undefined
      ? null
      : tag('small', ' ', code.match === undefined ? '' : MATCHES[code.match], exceptionsOf(code)),
    meaningOf(code),
  );

/** The codes under which a record may hold the answer, system by system, each with how sure it is and what is left out. */
export const codeList = (codes: readonly FactCode[]): readonly Element[] =>
  [...new Set(codes.map(({ system }) => system))].map((system) =>
    tag('div', [
      tagWith('p', { className: ['system'] }, SYSTEMS[system]),
      tagWith('ul', { className: ['codes'] }, codes.filter((code) => code.system === system).map(codeShown)),
    ]),
  );
