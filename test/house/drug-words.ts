import ts from 'typescript';
import { readRuleFolder } from '../../src/storage/rule-folder.js';
import type { SourceFile } from './source-files.js';

/** A word about a drug or a disease in a file of `src`, with the text that it stands in. */
export type DrugWord = { readonly path: string; readonly text: string };

const SPOKEN: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.Identifier,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TemplateHead,
  ts.SyntaxKind.TemplateMiddle,
  ts.SyntaxKind.TemplateTail,
  ts.SyntaxKind.RegularExpressionLiteral,
]);

/** Every name, text and pattern of a file: all that can have an effect. Comments are prose, and are no part of it. */
const spokenIn = ({ path, text }: SourceFile): readonly string[] => {
  const found: string[] = [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const visit = (node: ts.Node): void => {
    if (SPOKEN.has(node.kind)) found.push(node.getText(file));
    node.forEachChild(visit);
  };
  visit(file);
  return found;
};

/** Ids that the shipped rule set gave its rules, domains and facts. An id of one short word, such as `age`, may be a word of any program. */
const idsOfShippedRules = (): readonly string[] => {
  const read = readRuleFolder('rules/ketamine-pain');
  if (!read.ok) throw new Error('the rules have mistakes: run `rules check`');
  const { rules, domains, facts } = read.value.ruleSet.body;
  return [
    ...[...rules, ...domains].map(({ id }) => id).filter((id) => id.length > 3),
    ...facts.map(({ id }) => id).filter((id) => /[A-Z]/.test(id)),
  ];
};

/** What makes a text one about ketamine: its name, the name of its sister, or an id of the rule set that is shipped. */
export const drugPattern = (): RegExp =>
  new RegExp(`ketamine|ketalar|spravato|(?<![\\w-])(?:${idsOfShippedRules().join('|')})(?![\\w-])`, 'i');

/** The drug words of a file. The name of the product is none. */
export const drugWordsIn = (file: SourceFile, pattern: RegExp): readonly DrugWord[] =>
  spokenIn(file)
    .filter((text) => pattern.test(text.replaceAll('ketamine-screening', '')))
    .map((text) => ({ path: file.path, text }));
