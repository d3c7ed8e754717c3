import { isKeyName } from '../log/verifier-key.js';
import { writeKeyFile } from '../storage/key-file.js';
import { CommandError, EXIT, wrongUsage } from './exit-codes.js';
import { outcomeOf, type Outcome, type Style } from './rules-outcome.js';
import { newKeyFile } from './signing-key.js';

/** Under which name a key is made, and into which file it goes. */
export type KeygenAsked = { readonly name: string; readonly out: string };

const write = (file: string, text: string): boolean => {
  try {
    return writeKeyFile(file, text);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw wrongUsage(`${file} cannot be written (${String(error.code)})`);
  }
};

/**
 * `rules keygen`: a new key that signs releases, in a file that only its owner can read; and the verifier key, which services are given.
 * @throws CommandError where the name can be none of a key, or the file is there already or cannot be written
 */
export const keygenCommand = ({ name, out }: KeygenAsked, style: Style): Outcome => {
  if (!isKeyName(name))
    throw wrongUsage('--name must be a name without a space and without a plus, such as rules.example.org');
  const { text, releaseKey } = newKeyFile(name);
  if (!write(out, text)) {
    const detail = `${out} is there already, and a key is never written over: name another file, or use that key`;
    throw new CommandError(EXIT.fault, [{ code: 'file-taken', detail }]);
  }
  const lines = [
    `RELEASE_KEY=${releaseKey}`,
    `${out} signs releases (\`rules sign\`). Keep it where releases are signed, away from the service, and keep a copy: a lost key cannot be made again.`,
  ];
  return outcomeOf({ lines, json: { written: out, name, releaseKey }, exitCode: 0 }, style);
};
