import type { FastifyRequest } from 'fastify';

/** The media type of resources of FHIR. */
export const FHIR_JSON = 'application/fhir+json';

/** A body of FHIR, with the one charset that JSON has and the release that is spoken here. */
export const FHIR_BODY = /^application\/fhir\+json(?: *; *(?:charset="?utf-8"?|fhirVersion="?4\.0"?))*$/i;

/** Whether the body of a request is a resource of FHIR. */
export const sendsFhir = ({ headers }: FastifyRequest): boolean =>
  FHIR_BODY.test(headers['content-type'] ?? '');

/** Whether a client asks for its answer as a resource of FHIR, and not rather for JSON. */
export const wantsFhir = (request: FastifyRequest): boolean =>
  request.accepts().type(['application/json', FHIR_JSON]) === FHIR_JSON;

/** Whether a client speaks FHIR, so that it is told in FHIR what is wrong. It may be told so before its request is read. */
export const speaksFhir = ({ headers }: FastifyRequest): boolean =>
  [headers['content-type'], headers.accept].some(
    (header) => header?.toLowerCase().startsWith(FHIR_JSON) === true,
  );
