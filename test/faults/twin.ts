import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inCopy, plant } from '../mutants/copy.js';
import { hunt } from '../mutants/hunt.js';
import type { Context, Row, Twin } from './row.js';
import { undoing } from './undo.js';

/** Where the project stands. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** What became of a broken twin. */
export type TwinFate =
  | { readonly kind: 'caught'; readonly how: string }
  | { readonly kind: 'not-caught'; readonly why: string }
  | { readonly kind: 'none' };

type Planted = Extract<Twin, { kind: 'planted' }>;

/** A copy of the built service, with what it reads linked beside it. */
const copyOfBuild = (): { readonly folder: string; readonly remove: () => void } => {
  mkdirSync(join(PROJECT, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(PROJECT, '.cache/twin-'));
  const remove = undoing(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  cpSync(join(PROJECT, 'dist'), join(folder, 'dist'), { recursive: true });
  for (const part of ['node_modules', 'migrations', 'rules', 'package.json'])
    symlinkSync(join(PROJECT, part), join(folder, part));
  return { folder, remove };
};

const tryPlanted = async (row: Row, twin: Planted, context: Context): Promise<TwinFate> => {
  const { folder, remove } = copyOfBuild();
  try {
    plant(folder, { ...twin, hunters: [] });
    const tally = await row.run({ ...context, folder, scale: 'twin' });
    const found = tally[twin.shows];
    const how = `${twin.bug}: ${twin.shows} ${String(found)}`;
    if (found > 0) return { kind: 'caught', how };
    return {
      kind: 'not-caught',
      why: `${how}${tally.inconclusive === null ? '' : `, ${tally.inconclusive}`}`,
    };
  } finally {
    remove();
  }
};

const tryHunted = ({ mutant }: Extract<Twin, { kind: 'hunted' }>): TwinFate =>
  inCopy((folder) => {
    if (mutant.file.startsWith('dist/'))
      cpSync(join(PROJECT, 'dist'), join(folder, 'dist'), { recursive: true });
    plant(folder, mutant);
    const outcomes = mutant.hunters.map((hunter) => hunt(folder, hunter));
    const red = outcomes.find((outcome) => outcome.kind === 'red');
    if (red !== undefined) return { kind: 'caught', how: `${mutant.bug}: red: ${red.red}` };
    const [first] = outcomes;
    return {
      kind: 'not-caught',
      why: `${mutant.bug}: ${first?.kind === 'error' ? first.why : 'all is green'}`,
    };
  });

/** Plants the bug that a row is there to catch, and sees whether it does. */
export const fateOfTwin = async (row: Row, context: Context): Promise<TwinFate> => {
  const { twin } = row;
  if (twin === null) return { kind: 'none' };
  try {
    return twin.kind === 'planted' ? await tryPlanted(row, twin, context) : tryHunted(twin);
  } catch (error) {
    return {
      kind: 'not-caught',
      why: `${twin.kind === 'planted' ? twin.bug : twin.mutant.bug}: ${String(error)}`,
    };
  }
};
