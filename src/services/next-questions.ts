import { success, type Result } from '../values/result.js';
import type { Intake } from '../screening/intake.js';
import { evaluateIntake, type Evaluated } from './evaluate-intake.js';
import type { Ports } from './ports.js';
import { NOT_APPROVED, type InForce } from './rule-sets.js';

/** What is still to be asked, under which version. */
export type Next = Evaluated & { readonly approval: string };

/** Says what to ask next for the facts so far. Nothing is stored, and no verdict is given. Every fault is reported at once. */
export const nextQuestions = (
  intake: Intake,
  ports: Pick<Ports, 'rules' | 'clock'>,
  inForce: InForce,
): Result<Next> => {
  const evaluated = evaluateIntake(intake, ports, inForce);
  return evaluated.ok ? success({ ...evaluated.value, approval: NOT_APPROVED }) : evaluated;
};
