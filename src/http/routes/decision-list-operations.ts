import { json, type Operation } from '../openapi/operation.js';
import { WITH_BODY } from '../openapi/problems.js';

const PAGES =
  'Pages follow the order of the log: whoever follows `Link` sees each decision exactly once, however many are made meanwhile.';

/** `GET /decisions`. */
export const LIST_DECISIONS: Operation = {
  operationId: 'listDecisions',
  summary: 'List decisions',
  description: `Decisions by time, organisation, verdict, rule, rule-set version and by what clinicians decided on them. ${PAGES}`,
  tag: 'audit',
  parameters: [
    'DecidedFrom',
    'DecidedTo',
    'OfOrganisation',
    'VerdictIs',
    'RuleIsTrue',
    'DecidedBySet',
    'DecidedByVersion',
    'ResolutionIs',
    'AfterPosition',
    'PageLimit',
  ],
  answers: {
    200: {
      description: 'A page of decisions.',
      headers: ['NoStore', 'NextPage'],
      body: json('DecisionList'),
    },
  },
  problems: ['not-acceptable', 'invalid-query', 'log-unavailable'],
};

/** `POST /decisions/search`. */
export const SEARCH_DECISIONS: Operation = {
  operationId: 'searchDecisions',
  summary: 'The decisions on one patient',
  description: `Finds decisions by the reference to the patient, which stands in the body and never in a URL; the service keeps only a keyed hash of it to find them by. The page that \`Link\` leads to is asked for with the same body. Nothing is stored. ${PAGES}`,
  tag: 'audit',
  parameters: ['AfterPosition', 'PageLimit'],
  takes: json('DecisionSearch'),
  answers: {
    200: {
      description: 'A page of decisions.',
      headers: ['NoStore', 'NextPage'],
      body: json('DecisionList'),
    },
  },
  problems: ['not-acceptable', ...WITH_BODY, 'invalid-search', 'invalid-query', 'log-unavailable'],
};
