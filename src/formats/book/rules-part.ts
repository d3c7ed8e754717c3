import { OUTSIDE_SCOPE } from '../../rules/rule.js';
import type { Book } from './book.js';
import { anchorOf, linkTo } from './links.js';
import { severityMark } from './marks.js';
import { tag, tagWith, type Element } from './markup.js';
import { countInWords } from './plain-words.js';
import type { RuleReads } from './reads.js';
import { explainedSections, ruleEntry } from './rule-entry.js';

/** What a rule reads, found by its id. */
const readsOf = (id: string, all: readonly RuleReads[]): RuleReads => {
  const found = all.find(({ rule }) => rule.id === id);
  if (found === undefined) throw new Error(`nobody looked at what \`${id}\` reads`);
  return found;
};

/** The scope: for whom the rules were written, and what they say of anybody else. */
export const scopePart = (book: Book, reads: readonly RuleReads[]): Element => {
  const { scope } = book.ruleSet.body;
  return tagWith('section', { id: anchorOf.part('scope') }, [
    tag('h2', 'Scope'),
    tag(
      'p',
      'Where it is not known that a patient is in scope, the rule below holds or is unknown, like any other rule.',
    ),
    tagWith('article', { id: anchorOf.rule(OUTSIDE_SCOPE), className: ['rule', 'edge-relative'] }, [
      tag('h3', linkTo(anchorOf.rule(OUTSIDE_SCOPE), scope.title)),
      tagWith('p', { className: ['meta'] }, severityMark('relative'), tag('code', OUTSIDE_SCOPE)),
      ...explainedSections(
        { explained: scope, reads: readsOf(OUTSIDE_SCOPE, reads), lead: 'A patient is in scope when' },
        book,
      ),
    ]),
  ]);
};

/** The domains, each with its rules in rule order. */
export const domainParts = (book: Book, reads: readonly RuleReads[]): readonly Element[] =>
  book.ruleSet.body.domains.map(({ id, title, description }) => {
    const rules = book.ruleSet.body.rules.filter(({ domain }) => domain === id);
    return tagWith('section', { id: anchorOf.domain(id), className: ['domain'] }, [
      tag('h2', title),
      tagWith('p', { className: ['prose'] }, description),
      tagWith('p', { className: ['meta'] }, tag('span', countInWords(rules.length, 'rule'))),
      rules.map((rule) => ruleEntry(rule, readsOf(rule.id, reads), book)),
    ]);
  });
