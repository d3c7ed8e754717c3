import { approvalInWords } from '../rules/approval.js';
import { success, type Result } from '../values/result.js';
import type { Intake } from '../screening/intake.js';
import { evaluateIntake, type Evaluated } from './evaluate-intake.js';
import type { Ports } from './ports.js';
import type { Rulebooks } from './rulebooks.js';

/** What is still to be asked, under which version. */
export type Next = Evaluated & { readonly approval: string };

/** Says what to ask next for the facts so far. Nothing is stored, and no verdict is given. Every fault is reported at once. */
export const nextQuestions = async (
  intake: Intake,
  { ports, rulebooks }: { readonly ports: Ports; readonly rulebooks: Rulebooks },
): Promise<Result<Next>> => {
  const book = await rulebooks.latest();
  const evaluated = evaluateIntake(intake, ports, book);
  if (!evaluated.ok) return evaluated;
  const approval = approvalInWords(book.approvalsOf(evaluated.value.ruleSet.sha256));
  return success({ ...evaluated.value, approval });
};
