import type { AuditOutcome } from '../log/log-audit.js';
import type { Verified } from './verify-report.js';

/** What an audit came to, in words and in figures. */
export const auditFigures = (outcome: AuditOutcome): Omit<Verified, 'what' | 'name'> => {
  const { size, root, opened, withheld, erased, checkpoints, faults, faultCount } = outcome;
  return {
    about: [
      `${String(size)} entries: ${String(opened)} opened, ${String(withheld)} known by their hash alone, ${String(erased)} erased.`,
      `Root of them all: ${root}`,
    ],
    figures: { size, root, opened, withheld, erased },
    compared: checkpoints,
    faults,
    faultCount,
  };
};
