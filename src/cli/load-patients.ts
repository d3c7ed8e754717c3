import { readPatients, type Patient } from '../storage/patient-files.js';
import type { Result } from '../values/result.js';
import { wrongUsage } from './exit-codes.js';

const readFolder = (folder: string): Result<readonly Patient[], readonly string[]> => {
  try {
    return readPatients(folder);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw wrongUsage(`the patients in ${folder} cannot be read (${String(error.code)})`);
  }
};

/**
 * The whole patients of a folder. One without any is a mistake: a check of nobody must not pass.
 * @throws CommandError where it cannot be read, or a file in it is no patient
 */
export const loadPatients = (folder: string): readonly Patient[] => {
  const read = readFolder(folder);
  if (!read.ok) throw wrongUsage(`${folder} holds a file that is no patient: ${read.issues.join('; ')}`);
  if (read.value.length === 0) throw wrongUsage(`${folder} holds no patient`);
  return read.value;
};
