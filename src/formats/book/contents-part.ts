import type { RuleSetBody } from '../../rules/rule-set.js';
import { factDomains } from './dictionary-part.js';
import { anchorOf, linkTo } from './links.js';
import { SEVERITIES, severityLetter } from './marks.js';
import { tag, tagWith, type Element, type Markup } from './markup.js';

const item = (anchor: string, title: string, inner: readonly Markup[] = []): Element =>
  tag('li', linkTo(anchor, title), inner.length === 0 ? null : tag('ul', inner));

const rulesOf = ({ rules }: RuleSetBody, domain: string): readonly Element[] =>
  rules
    .filter((rule) => rule.domain === domain)
    .map(({ id, title, severity }) => tag('li', severityLetter(severity), linkTo(anchorOf.rule(id), title)));

/** The table of contents: every part, every domain with its rules, and the domains of the dictionary. */
export const contentsPart = (body: RuleSetBody): Element =>
  tagWith('nav', { id: anchorOf.part('contents'), ariaLabel: 'Contents' }, [
    tag('h2', 'Contents'),
    tagWith(
      'p',
      { className: ['key'] },
      SEVERITIES.map((severity) =>
        tagWith('span', { className: ['counted'] }, severityLetter(severity), severity),
      ),
    ),
    tag('ul', [
      item('top', 'Title page'),
      item(anchorOf.part('reading'), 'How the verdict is reached'),
      item(anchorOf.part('scope'), 'Scope'),
      ...body.domains.map(({ id, title }) => item(anchorOf.domain(id), title, rulesOf(body, id))),
      item(
        anchorOf.part('dictionary'),
        'Dictionary of facts',
        factDomains(body).map(({ id, title }) => item(anchorOf.facts(id), title)),
      ),
      item(anchorOf.part('bibliography'), 'Bibliography'),
      item(anchorOf.part('index'), 'Rules by source'),
    ]),
  ]);
