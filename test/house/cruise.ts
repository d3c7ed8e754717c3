import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { IConfiguration, ICruiseResult } from 'dependency-cruiser';
import { projectRoot } from './source-files.js';

const run = promisify(execFile);

const configFile = join(projectRoot, '.dependency-cruiser.cjs');

const configuration = createRequire(import.meta.url)(configFile) as IConfiguration;

/** The names of all fences. */
export const ruleNames: readonly string[] = (configuration.forbidden ?? []).map(
  ({ name }) => name ?? 'unnamed',
);

/**
 * Cruises the folder `src` of a folder with the rules of the house, as `npm run fences` does.
 * @param folder where `src` lies; inside the project, so that packages are found
 */
export const cruise = async (folder: string): Promise<ICruiseResult> => {
  const program = join(projectRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, 'src', '--config', configFile, '--output-type', 'json'];
  const { stdout } = await run(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout) as ICruiseResult;
};

/** The violations of a cruise, each as `rule: from -> to`. */
export const violationsOf = (result: ICruiseResult): readonly string[] =>
  result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
