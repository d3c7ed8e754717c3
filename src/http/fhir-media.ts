import type { FastifyRequest } from 'fastify';
import { isOfCds } from './cross-origin.js';

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

/** The media type of problems (RFC 9457). */
export const PROBLEM_JSON = 'application/problem+json';

const beginsWith = (header: string | undefined, type: string): boolean =>
  header?.toLowerCase().startsWith(type) === true;

/** Clients of CDS services are EHRs: as in version 3.0 of CDS Hooks they are told in FHIR what is wrong, unless they would rather have a problem. */
const callsCds = (request: FastifyRequest): boolean =>
  isOfCds(request) && !beginsWith(request.headers.accept, PROBLEM_JSON);

/** Whether a client speaks FHIR, so that it is told in FHIR what is wrong. It may be told so before its request is read. */
export const speaksFhir = (request: FastifyRequest): boolean => {
  const { headers } = request;
  return (
    callsCds(request) || [headers['content-type'], headers.accept].some((one) => beginsWith(one, FHIR_JSON))
  );
};
