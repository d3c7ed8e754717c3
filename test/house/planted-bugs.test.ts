import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Row } from '../faults/row.js';
import { GATE, NIGHTLY } from '../faults/rows.js';
import { MUTANTS, type Mutant } from '../mutants/mutants.js';

type Planted = Pick<Mutant, 'bug' | 'file' | 'from'>;

const plantedBy = ({ twin }: Row): readonly Planted[] => {
  if (twin === null) return [];
  return twin.kind === 'planted' ? [twin] : [twin.mutant];
};

const PLANTED = [...MUTANTS, ...[...new Set([...GATE, ...NIGHTLY])].flatMap(plantedBy)];

describe('a bug that is planted to see whether it is found', () => {
  it.each(PLANTED)('$bug: has its place in $file, once', ({ file, from }) => {
    expect(readFileSync(file, 'utf8').split(from)).toHaveLength(2);
  });
});
