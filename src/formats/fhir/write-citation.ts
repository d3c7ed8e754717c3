import type { JsonObject } from '../../values/json.js';
import type { AnsweredReason } from './answered.js';
import { OWN_EXTENSIONS, textAt } from './own-names.js';

type Citation = AnsweredReason['citations'][number];

/** A citation as a sentence: the source, the place in it, and what it supports. What is not known is not there. */
const sentenceOf = ({ title, year, locator, supports }: Citation): string =>
  `${title}${year === null ? '' : ` (${String(year)})`}${locator === null ? '' : `, ${locator}`}: ${supports}`;

const saidOf = (url: string, text: string | null | undefined): readonly JsonObject[] =>
  text === null || text === undefined || text.trim() === '' ? [] : [{ url, valueString: text }];

/**
 * Writes a citation as an extension that holds a RelatedArtifact. It is one of our own: in R4 a DetectedIssue has no element for it, and HL7's
 * extension `workflow-relatedArtifact` may stand on a DiagnosticReport or an Observation only.
 */
export const writeCitation = (citation: Citation): JsonObject => ({
  url: OWN_EXTENSIONS.citation,
  valueRelatedArtifact: {
    extension: [
      ...saidOf(OWN_EXTENSIONS.citedLocator, citation.locator),
      ...saidOf(OWN_EXTENSIONS.citedGrade, citation.grade),
      { url: OWN_EXTENSIONS.citedBasis, valueCode: citation.basis },
    ],
    type: 'citation',
    label: citation.source,
    ...textAt('display', citation.title),
    citation: sentenceOf(citation),
    ...textAt('url', citation.url),
  },
});
