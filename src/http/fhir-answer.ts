import type { FastifyReply } from 'fastify';
import { readAnswer } from '../formats/fhir/answered.js';
import { writeGuidance } from '../formats/fhir/write-guidance.js';
import type { JsonValue } from '../values/json.js';
import type { AppContext } from './app-context.js';
import type { AnsweredAgain } from './asked-once.js';
import { FHIR_JSON } from './fhir-media.js';
import { Problem } from './problem.js';

const parse: (text: string) => JsonValue = JSON.parse;

/**
 * Sends an answer as a GuidanceResponse. It is made of the native answer as that was stored, so both say the same, and a repeated request gets the same.
 * @throws Problem `version-gone` where the version that answered is nowhere to be had: the answer to a repeated request may be years old
 */
export const sendGuidance = (
  reply: FastifyReply,
  { answer, repeated }: AnsweredAgain,
  { rulebooks }: AppContext,
): FastifyReply => {
  const read = readAnswer(parse(answer));
  const version = rulebooks.known().findByHash(read.ruleSet.sha256);
  if (version === null) throw new Problem('version-gone');
  if (repeated) reply.header('idempotent-replayed', 'true');
  return reply.type(FHIR_JSON).send(writeGuidance(read, version.body));
};
