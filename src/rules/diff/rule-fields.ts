import type { Criterion } from '../criterion.js';
import type { Citation, Explained, Rule, Severity } from '../rule.js';
import { changeOf, type Sort } from './change.js';
import { diffCriterion } from './diff-criterion.js';
import { textField, valueField, type Field, type Fields } from './fields.js';
import { itemsField, setField } from './list-fields.js';

const WORDING: Sort = { kind: 'wording', effect: 'words' };
const CITATION: Sort = { kind: 'citation', effect: 'words' };

const CITED: Fields<keyof Citation> = {
  source: valueField('source', CITATION),
  locator: valueField('locator', CITATION),
  supports: textField('what it supports', CITATION),
  grade: valueField('grade', CITATION),
  basis: valueField('basis', CITATION),
};

const citationsField = itemsField({
  one: 'citation of',
  all: 'citations',
  sort: CITATION,
  order: { kind: 'order', effect: 'words' },
  knownBy: ['source'],
  inside: CITED,
});

const criterionField =
  (from: Criterion, to: Criterion): Field =>
  (pair) =>
    pair.from === null || pair.to === null
      ? []
      : diffCriterion({
          subject: pair.subject,
          from: { pointer: pair.from.pointer, value: from },
          to: { pointer: pair.to.pointer, value: to },
        });

/** How each key of a criterion with its words is compared: of a rule, or of the scope. */
export const explainedFields = (from: Explained, to: Explained): Fields<keyof Explained> => ({
  criterion: criterionField(from.criterion, to.criterion),
  title: textField('title', WORDING),
  explanation: textField('explanation', WORDING),
  rationale: textField('rationale', WORDING),
  action: textField('action', WORDING),
  citations: citationsField,
});

/** The severities, mildest first. */
const SEVERITIES: readonly Severity[] = ['precaution', 'relative', 'absolute'];

const severityField =
  (from: Severity, to: Severity): Field =>
  (pair) => {
    const verb = SEVERITIES.indexOf(to) > SEVERITIES.indexOf(from) ? 'raised' : 'lowered';
    return [changeOf(pair, { kind: 'severity', effect: 'logic' }, `severity ${verb} from ${from} to ${to}`)];
  };

/** How each key of a rule is compared. */
export const ruleFields = (from: Rule, to: Rule): Fields<keyof Rule> => ({
  id: valueField('id', { kind: 'name', effect: 'logic' }),
  severity: severityField(from.severity, to.severity),
  ...explainedFields(from, to),
  domain: valueField('domain', { kind: 'domain', effect: 'words' }),
  lastReviewDate: valueField('date of the last review', { kind: 'review', effect: 'words' }),
  tags: setField('tags', { kind: 'tags', effect: 'words' }),
});
