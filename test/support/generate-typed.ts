import type { Facts, FactValue, UnknownReason } from '../../src/screening/facts.js';
import { chance, pick, type Draw } from './generate-draw.js';

const REASONS: readonly UnknownReason[] = [
  'stale',
  'imprecise',
  'too-few',
  'incomplete-list',
  'not-asked',
  'conflicting',
];

const otherwise = (draw: Draw, value: FactValue): FactValue => {
  if (chance(draw, 10)) return { kind: 'unknown', reason: pick(draw, REASONS) };
  return value.kind === 'number' ? { ...value, high: value.low + draw(3) } : value;
};

/** Typed facts as other readers make them: numbers that are ranges, and facts unknown for reasons that no sender gives. */
export const drawOtherwiseRead = (draw: Draw, facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).map(([id, value]) => [id, otherwise(draw, value)] as const));
