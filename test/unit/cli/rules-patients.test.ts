import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPatients } from '../../../src/cli/load-patients.js';
import { testRulesCommand } from '../../../src/cli/rules-test-command.js';
import type { Patient } from '../../../src/storage/patient-files.js';
import { intakeOf } from '../../support/http.js';
import { tempFolder } from '../../support/sqlite.js';

const CLEAR: Patient = {
  name: 'clear',
  intake: intakeOf('all-clear-first-treatment'),
  expect: { verdict: 'eligible', reasons: [], precautions: [], missing: [], answersAtMost: 40 },
};

const EMPTY: Patient = { name: 'empty', intake: intakeOf('empty-intake'), expect: null };

const linesOn = (...patients: readonly Patient[]): readonly string[] =>
  testRulesCommand('rules', 'text', patients).lines.slice(1);

const faultsOn = (...patients: readonly Patient[]): readonly unknown[] => {
  const { lines, exitCode } = testRulesCommand('rules', 'json', patients);
  const { errors = [] } = JSON.parse(lines[0] ?? '') as { errors?: readonly unknown[] };
  expect(exitCode).toBe(errors.length === 0 ? 0 : 1);
  return errors;
};

const expecting = (expected: Partial<NonNullable<Patient['expect']>>): Patient => ({
  ...CLEAR,
  expect: { verdict: 'eligible', reasons: [], precautions: [], missing: [], ...expected },
});

const fault = (detail: string): object => ({ code: 'patient-not-as-expected', patient: 'clear', detail });

describe('rules test with whole patients', () => {
  it('tells the verdict and the answers of each, and the highest and median of those that are final', () => {
    expect(linesOn(CLEAR, EMPTY)).toEqual([
      'PATIENT  VERDICT     ANSWERS',
      expect.stringMatching(/^clear {4}eligible {4}\d+$/),
      expect.stringMatching(/^empty {4}incomplete {2}\d+$/),
      '2 of 2 patients come out as expected',
      expect.stringMatching(/^a final verdict takes (\d+) answers at most, \1 in the median \(1 patients\)$/),
    ]);
  });

  it('has no median where nobody comes to a final verdict', () => {
    expect(linesOn(EMPTY).at(-1)).toBe('1 of 1 patients come out as expected');
  });

  it.each([
    [{ verdict: 'review' } as const, 'expected verdict review, found eligible'],
    [{ reasons: ['angina'] }, 'expected reasons angina, found none'],
    [{ precautions: ['a', 'b'] }, 'expected precautions a, b, found none'],
    [{ missing: ['age'] }, 'expected missing age, found none'],
    [{ answersAtMost: 3 }, expect.stringMatching(/^expected at most 3 answers, took \d+$/) as string],
  ])('names what is not as expected: %j', (expected, detail) => {
    expect(faultsOn(expecting(expected))).toEqual([fault(detail)]);
  });

  it('compares no missing facts where the file says null, and nothing where it says nothing', () => {
    expect(faultsOn(expecting({ missing: null }), EMPTY)).toEqual([]);
  });

  it('tells an intake that is refused, and one of a version that there is not', () => {
    const refused = { ...CLEAR, intake: { facts: { agee: 1 } } };
    expect(faultsOn(refused)).toEqual([fault(expect.stringContaining('/facts/agee: ') as string)]);
    expect(linesOn(refused)[1]).toBe('clear    refused     -');
    const elsewhere = { ...CLEAR, intake: { ruleSet: 'ketamine-pain', ruleSetVersion: '0.0.1', facts: {} } };
    expect(faultsOn(elsewhere)).toEqual([fault(expect.stringContaining('/ruleSetVersion: ') as string)]);
  });
});

describe('a folder of patients', () => {
  it('must hold one', () => {
    expect(() => loadPatients(tempFolder())).toThrow(/holds no patient/);
  });

  it('must be there', () => {
    expect(() => loadPatients('no-such-folder')).toThrow('cannot be read (ENOENT)');
  });

  it('may hold nothing else', () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'other'));
    writeFileSync(join(folder, 'a.json'), '7');
    expect(() => loadPatients(folder)).toThrow('a.json: is no JSON object');
  });
});
