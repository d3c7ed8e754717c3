import { problemTable } from './problems.js';

/** The version of this API. It is that of the service, apart from the engine's and from those of the rule sets. */
export const API_VERSION = '1.0.0-draft.0';

/** What a reader must know of all operations, in Markdown. */
export const description = (): string => `
You send what is known of a patient; the answer is one verdict with its reasons, each with its evidence and its citations. It is for health professionals,
supports the judgement of a clinician, and does not replace it.

## Unknown is never absent

A fact that was not sent, that nobody could answer, or whose reading is too old is *unknown*: never "no". Every rule is true, false or unknown. While something
unknown could still change the verdict, the verdict is \`incomplete\` and \`missing\` says what to ask.

## Conventions

- **JSON.** Bodies are strict JSON in UTF-8 of at most 256 KiB; records of FHIR and calls of CDS services may have 6 MiB. Nothing is coerced and unknown keys are faults. In answers, ignore keys that you do not know: this document says what
  this version sends, and later versions may add to it.
- **Times** are RFC 3339 with an offset, ids are UUIDv7, units are UCUM.
- **Patient data** is answered with \`Cache-Control: no-store\`; what is the same for everyone has an \`ETag\`, and \`If-None-Match\` spares you its body.
- **Traces.** \`traceparent\` is carried through, and \`x-request-id\` names each request.
- **Methods.** A path that takes GET takes HEAD as well. Every other method is a 405 with \`Allow\`.
- **Forms of this document.** \`/openapi.json\` and \`/openapi.yaml\` for programs, \`/docs\` for people.
- **Lists** are \`{ "items": [] }\`.
- **Access.** Send \`Authorization: Bearer <key>\`. Each operation names the scope that it asks for: 401 where nobody is known by the key, 403 where it lacks the scope. The organisation comes from the key alone; what belongs to another one is told like what never was. A service for which no key was ever made is open to everyone on its own machine.

## Problems

Errors are \`application/problem+json\` (RFC 9457); an OperationOutcome to a client that speaks FHIR, and at the CDS services unless \`Accept\` begins with \`application/problem+json\`. Branch on \`type\`: it is one of these, and stable.

${problemTable()}
`;
