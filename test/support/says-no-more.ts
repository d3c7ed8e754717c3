import { RANK } from '../../src/screening/decide.js';
import type { Screening } from '../../src/screening/screen.js';

/** Whether a screening that rests on less has a floor no higher and a ceiling no lower than the one that rests on more. */
export const saysNoMore = (less: Screening, said: Screening): boolean =>
  RANK[less.bounds.floor] <= RANK[said.bounds.floor] &&
  RANK[less.bounds.ceiling] >= RANK[said.bounds.ceiling];
