import type { RuleSetBody } from '../../rules/rule-set.js';
import { factEntry } from './fact-entry.js';
import { anchorOf } from './links.js';
import { tag, tagWith, type Element } from './markup.js';
import { capitalised } from './plain-words.js';
import type { RuleReads } from './reads.js';

/** The domains that facts stand in, in the order of the dictionary, each with its title; one that has no rules is called by its id. */
export const factDomains = ({ facts, domains }: RuleSetBody): readonly { id: string; title: string }[] =>
  [...new Set(facts.map(({ domain }) => domain))].map((id) => ({
    id,
    title: domains.find((domain) => domain.id === id)?.title ?? capitalised(id),
  }));

/** The dictionary: every fact of the version, domain by domain. */
export const dictionaryPart = (body: RuleSetBody, reads: readonly RuleReads[]): Element =>
  tagWith('section', { id: anchorOf.part('dictionary') }, [
    tag('h2', 'Dictionary of facts'),
    tag(
      'p',
      'Everything that can be known of a patient or of the planned treatment. What was not sent is unknown, never absent.',
    ),
    factDomains(body).map(({ id, title }) =>
      tagWith('section', { id: anchorOf.facts(id) }, [
        tag('h3', `Facts: ${title}`),
        body.facts
          .filter(({ domain }) => domain === id)
          .map((fact) => factEntry(fact, { facts: body.facts, reads })),
      ]),
    ),
  ]);
