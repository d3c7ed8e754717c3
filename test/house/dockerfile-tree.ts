import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { commandOf, execWordsOf, stagesOf, type Instruction } from './dockerfile-lint.js';

const image: readonly Instruction[] = stagesOf(readFileSync('Dockerfile', 'utf8')).at(-1)?.instructions ?? [];

const textOf = (name: string): string => image.findLast((one) => one.name === name)?.text ?? '';

/** The environment that the image sets. */
export const imageEnvironment: Readonly<Record<string, string>> = Object.fromEntries(
  [...textOf('ENV').matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
);

const wordsOf = (name: string): readonly string[] => {
  const instruction = image.findLast((one) => one.name === name);
  return (instruction === undefined ? null : execWordsOf(commandOf(instruction))) ?? [];
};

/** The command that the image starts, and that which looks after its health: the words after `node`. */
export const imageCommand = wordsOf('CMD').slice(1);
export const healthCommand = wordsOf('HEALTHCHECK').slice(1);

/** The folders of the packages that production needs. What stands inside one of them it needs itself, and so does production. */
const productionPackages = (): readonly string[] =>
  execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
    .split('\n')
    .map((path) => relative(resolve('.'), path))
    .filter((path) => path.split('/').filter((name) => name === 'node_modules').length === 1);

/**
 * Lays the files of the image out in a folder: what its last stage copies from the build, from this checkout. Everyone may read them and nobody
 * but the owner may write.
 */
export const layOutImage = (folder: string): void => {
  const sources = image
    .filter(({ name }) => name === 'COPY')
    .flatMap(({ text }) => text.split(/\s+/).slice(0, -1))
    .map((path) => path.replace(/^\/app\//, ''));
  mkdirSync(folder);
  const paths = sources.flatMap((path) => (path === 'node_modules' ? productionPackages() : [path]));
  execFileSync('cp', ['--archive', '--parents', ...paths, folder]);
  execFileSync('chmod', ['-R', 'u=rwX,go=rX', folder]);
};

/** A folder that the user of the image may write to. */
export const makeDataDir = (folder: string, uid: number): void => {
  mkdirSync(folder, { mode: 0o700 });
  chownSync(folder, uid, uid);
};

/** The names in a folder, those in its folders included. */
export const namesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
