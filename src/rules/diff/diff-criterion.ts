import { isFactTest, partsOf, type Criterion } from '../criterion.js';
import { pointerTo } from '../../values/pointer.js';
import type { Change, Sort } from './change.js';
import { criterionInWords } from './criterion-words.js';
import { diffTest } from './diff-test.js';
import { diffKeys, numberField } from './fields.js';
import type { Both, Place } from './place.js';
import { diffTree, type Language } from './tree.js';

const CRITERION: Sort = { kind: 'criterion', effect: 'logic' };

const COUNT = numberField('number of parts that must be true', { kind: 'threshold', effect: 'logic' });

/** The forms of a criterion, by the key that only it has. */
const FORMS = ['all', 'any', 'not', 'atLeast', 'is', 'in', 'includesAny', 'compare', 'elapsed'] as const;

const formOf = (criterion: Criterion): string => {
  const form = FORMS.find((key) => key in criterion) ?? '';
  return isFactTest(criterion) ? `${form} ${criterion.fact}` : form;
};

/** Of two tests of one fact, one from below and one from above, each is compared with its like. */
const likenessOf = (criterion: Criterion): string => {
  if ('compare' in criterion) return criterion.compare;
  return 'elapsed' in criterion ? criterion.elapsed : '';
};

const partsIn = ({ pointer, value }: Place<Criterion>): readonly Place<Criterion>[] => {
  if ('not' in value) return [{ pointer: pointerTo(pointer, 'not'), value: value.not }];
  const key = ['all', 'any', 'of'].find((list) => list in value) ?? '';
  return partsOf(value).map((part, index) => ({
    pointer: pointerTo(pointerTo(pointer, key), index),
    value: part,
  }));
};

const diffOwn = (both: Both<Criterion>): readonly Change[] => {
  const [from, to] = [both.from.value, both.to.value];
  return isFactTest(from) && isFactTest(to) ? diffTest(from, to, both) : diffKeys(both, { atLeast: COUNT });
};

const CRITERIA: Language<Criterion> = {
  name: 'criterion',
  sort: CRITERION,
  formOf,
  likenessOf,
  partsOf: partsIn,
  diffOwn,
  inWords: criterionInWords,
};

/** The changes between two criteria, down to single thresholds. */
export const diffCriterion = (both: Both<Criterion>): readonly Change[] => diffTree(both, CRITERIA);
