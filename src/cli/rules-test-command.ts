import type { Patient } from '../storage/patient-files.js';
import type { RuleFolder } from '../storage/rule-folder.js';
import { ruleLibraryOf } from '../storage/rule-library.js';
import { tellPatients, type Told } from './tell-patients.js';
import { withFolders } from './rules-commands.js';
import type { Outcome, Style } from './rules-outcome.js';
import { runCases } from './run-cases.js';
import { runPatients } from './run-patients.js';

const tellCases = (folders: readonly RuleFolder[]): Told => {
  const failures = folders.flatMap(({ ruleSet, cases }) => runCases(ruleSet, cases));
  const total = folders.flatMap(({ cases }) => cases.flatMap((file) => file.cases)).length;
  const held = total - failures.length;
  return {
    lines: [
      ...failures.map(({ rule, name, detail }) => `${rule}: ${name}: ${detail}`),
      `${String(held)} of ${String(total)} cases hold`,
    ],
    json: { cases: total, held },
    errors: failures.map((failed) => ({ code: 'case-does-not-hold', ...failed })),
  };
};

/**
 * `rules test`: runs the cases beside every rule, and whole patients where there are any: whether each comes out as expected, and how many
 * answers lead to a final verdict.
 * @throws CommandError where the folder cannot be read
 */
export const testRulesCommand = (
  rulesDir: string,
  style: Style = 'text',
  patients: readonly Patient[] = [],
): Outcome =>
  withFolders(rulesDir, style, (folders) => {
    const whole = patients.length === 0 ? [] : [tellPatients(runPatients(patients, ruleLibraryOf(folders)))];
    const told = [tellCases(folders), ...whole];
    const errors = told.flatMap((one) => one.errors);
    return {
      lines: told.flatMap(({ lines }) => lines),
      json: {
        ...Object.fromEntries(told.flatMap(({ json }) => Object.entries(json))),
        ...(errors.length === 0 ? {} : { errors }),
      },
      exitCode: errors.length === 0 ? 0 : 1,
    };
  });
