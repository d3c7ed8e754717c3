import type { Facts, FactValue } from '../../../src/screening/facts.js';
import { screen, type Screening } from '../../../src/screening/screen.js';
import type { JsonObject } from '../../../src/values/json.js';
import type { Truth } from '../../../src/values/truth.js';
import { aRule, aSetOf, at, known } from '../../support/builders.js';

/** The moment at which these tests judge where they name none. */
export const NOON = '2026-11-22T12:00:00Z';

type Small = {
  readonly facts: readonly JsonObject[];
  readonly rules: readonly JsonObject[];
  readonly sent: Facts;
  readonly asOf?: string;
};

/** Screens by a small rule set, whose scope is met unless `adult` is sent. */
export const screened = ({ facts, rules, sent, asOf = NOON }: Small): Screening =>
  screen(aSetOf(facts, rules), { adult: known.yes, ...sent }, at(asOf));

/** What one criterion comes to on some facts. */
export type Asked = {
  readonly facts: readonly JsonObject[];
  readonly criterion: JsonObject;
  readonly sent: Readonly<Record<string, FactValue>>;
  readonly asOf?: string;
};

/** Screens by one rule of that criterion. */
export const screenedBy = ({ criterion, ...others }: Asked): Screening =>
  screened({ ...others, rules: [aRule('asked', 'relative', criterion)] });

/** The truth of one criterion. */
export const truthOf = (asked: Asked): Truth | undefined =>
  screenedBy(asked).findings.find(({ rule }) => rule.id === 'asked')?.truth;
