import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The folder of the project. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** A file of `src`: its path from the project folder, and its text. */
export type SourceFile = { readonly path: string; readonly text: string };

/** Files that a machine wrote: nobody reads them line by line, and no rule of style is for them. */
const madeByMachine = ['src/client/wire.ts'];

/** Every TypeScript file of `src` that a person wrote, in the order of their paths. */
export const sourceFiles = (): readonly SourceFile[] =>
  readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('src', name))
    .filter((path) => !madeByMachine.includes(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(projectRoot, path), 'utf8') }));

/** How many lines a file has; the line break at its end opens no new one. */
export const linesOf = ({ text }: SourceFile): number => text.replace(/\n$/, '').split('\n').length;

/** The names of a path that say nothing about what is inside, and those not in kebab-case. */
export const badNamesIn = (path: string): readonly string[] =>
  path
    .replace(/(\.d)?\.ts$/, '')
    .split('/')
    .filter((name) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.split('-').some(isEmptyWord));

const emptyWords = ['util', 'utils', 'helper', 'helpers', 'misc', 'manager', 'common', 'index'];

const isEmptyWord = (word: string): boolean => emptyWords.includes(word);

/** The exported names of a file that have no doc comment, as `path: name`. */
export const undocumentedExportsOf = ({ path, text }: SourceFile): readonly string[] =>
  ts
    .createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
    .statements.filter((statement) => isExported(statement) && !hasDocComment(statement))
    .map((statement) => `${path}: ${nameOf(statement)}`);

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

const hasDocComment = (statement: ts.Statement): boolean =>
  ts
    .getJSDocCommentsAndTags(statement)
    .some((comment) => ts.isJSDoc(comment) && /[a-z]/i.test(comment.getText()));

const nameOf = (statement: ts.Statement): string => {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText()).join(', ');
  }
  const named = ts.isFunctionDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  return named || ts.isClassDeclaration(statement) ? (statement.name?.text ?? '') : statement.getText();
};
