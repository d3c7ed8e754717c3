import type { Basis, Severity } from '../../rules/rule.js';
import { tagWith, type Element } from './markup.js';

/** What each severity means, worst first. */
export const SEVERITY_MEANS: Readonly<Record<Severity, string>> = {
  absolute: 'Contraindicated. Where the rule holds, the verdict is ineligible.',
  relative:
    'A clinician must weigh it. Where the rule holds, the verdict is review, unless an absolute rule holds or is unknown.',
  precaution: 'Treatment is possible, with care. The rule never changes the verdict.',
};

/** What each basis means: how far what is cited can be trusted. */
export const BASIS_MEANS: Readonly<Record<Basis, string>> = {
  seen: 'It was read in the source itself, or in a published summary of it; a code, in published data.',
  'general-knowledge': 'It is generally known and was not yet verified in the source.',
  policy: 'It is a decision of this rule set, not a finding of a source.',
  'to-check': 'It still has to be checked. Do not rely on it.',
};

/** The severities, worst first. */
export const SEVERITIES: readonly Severity[] = ['absolute', 'relative', 'precaution'];

/** The bases, firmest first. */
export const BASES: readonly Basis[] = ['seen', 'general-knowledge', 'policy', 'to-check'];

/** A severity as a badge: its word, so that nothing hangs on a colour. */
export const severityMark = (severity: Severity): Element =>
  tagWith('span', { className: ['mark', `severity-${severity}`] }, severity);

/** A severity as one letter, for lists. */
export const severityLetter = (severity: Severity): Element =>
  tagWith(
    'abbr',
    { className: ['letter', `severity-${severity}`], title: severity },
    severity.charAt(0).toUpperCase(),
  );

/** A basis as a mark: its words, so that nothing hangs on a colour. */
export const basisMark = (basis: Basis): Element =>
  tagWith('span', { className: ['mark', `basis-${basis}`] }, basis.replace('-', ' '));
