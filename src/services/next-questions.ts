import { approvalInWords } from '../rules/approval.js';
import { success, type Result } from '../values/result.js';
import type { Intake } from '../screening/intake.js';
import type { Approvals } from './approvals.js';
import { evaluateIntake, type Evaluated } from './evaluate-intake.js';
import type { Ports } from './ports.js';
import type { InForce } from './rule-sets.js';

/** What is still to be asked, under which version. */
export type Next = Evaluated & { readonly approval: string };

/** Says what to ask next for the facts so far. Nothing is stored, and no verdict is given. Every fault is reported at once. */
export const nextQuestions = async (
  intake: Intake,
  {
    ports,
    inForce,
    approvals,
  }: { readonly ports: Ports; readonly inForce: InForce; readonly approvals: Approvals },
): Promise<Result<Next>> => {
  const evaluated = evaluateIntake(intake, ports, inForce);
  if (!evaluated.ok) return evaluated;
  const known = await approvals.latest();
  const approval = approvalInWords(known.of(evaluated.value.ruleSet.sha256));
  return success({ ...evaluated.value, approval });
};
