import type { Instant } from '../../values/instant.js';
import { isJsonObject, type JsonObject } from '../../values/json.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import type { Compared } from './adverse.js';
import { joinRead, type ClaimsRead } from './claim.js';
import { elementOf, textOf } from './elements.js';
import { isModified } from './look.js';
import type { Part } from './records.js';
import { filledForm, unreadFacts, type Filled } from './filled-form.js';
import { factInResponse } from './response-facts.js';
import { responseItems, withinItems } from './response-items.js';
import { ageOf, saidLongAgo, type Age } from './response-time.js';
import { remarkOf } from './response.js';
import { questionnaireUrl } from './write-questionnaire.js';

/** The states in which a response is whole. One that is still being filled in says nothing of what is not in it yet. */
const WHOLE: readonly string[] = ['completed', 'amended'];

const isOfVersion = (canonical: string | null, body: RuleSetBody): boolean => {
  const url = questionnaireUrl(body);
  return canonical === url || canonical === `${url}|${body.version}`;
};

/** Why nothing is read of a response; null where it is read. */
const whyNot = (response: JsonObject, pointer: string, body: RuleSetBody): ClaimsRead | null => {
  const status = textOf(response, 'status');
  if (textOf(response, 'resourceType') !== 'QuestionnaireResponse')
    return remarkOf(pointer, 'unreadable', 'is no QuestionnaireResponse');
  if (status === 'entered-in-error')
    return remarkOf(`${pointer}/status`, 'withdrawn', 'was entered in error: none of it counts');
  if (status === null || !WHOLE.includes(status))
    return remarkOf(
      `${pointer}/status`,
      'unreadable',
      `nothing is read of a response that is not ${WHOLE.join(' or ')}`,
    );
  return isOfVersion(textOf(response, 'questionnaire'), body)
    ? null
    : remarkOf(
        `${pointer}/questionnaire`,
        'unknown-question',
        'is not the questionnaire of this version: nothing is read of the response',
      );
};

/** Why all that a response answers is unknown; nothing where it is not. What is not understood may turn any of its answers round. */
const doubts = (response: JsonObject, pointer: string, age: Age): readonly ClaimsRead[] => [
  ...(isModified(response)
    ? [
        remarkOf(
          pointer,
          'not-understood',
          'holds a modifierExtension or implicitRules, which can change what it means: what it answers counts as unknown',
        ),
      ]
    : []),
  ...(age === 'unreadable'
    ? [
        remarkOf(
          `${pointer}/authored`,
          'unreadable',
          'is no time that exists, or lies after `asOf`: what the response answers counts as unknown',
        ),
      ]
    : []),
];

const isOutdated = (age: Age): age is 'stale' | 'undated' => age === 'stale' || age === 'undated';

/** Why only what outlasts its time is read of a response. */
const outdated = (age: 'stale' | 'undated', pointer: string): ClaimsRead =>
  age === 'stale'
    ? remarkOf(
        `${pointer}/authored`,
        'stale',
        'lies more than 30 days before `asOf`: what may have changed since counts as unknown',
      )
    : remarkOf(
        pointer,
        'stale',
        'does not say when it was filled in (`authored`): what may have changed since counts as unknown',
      );

const readAnswers = (
  filled: Filled,
  age: Age,
  { pointer, under }: { readonly pointer: string; readonly under: Compared },
): ClaimsRead => {
  const read = joinRead(filled.facts.map((fact) => factInResponse(fact, filled.response)));
  if (!isOutdated(age)) return read;
  const claims = read.claims.map((claim) => ({ said: saidLongAgo(claim, under), from: claim.from }));
  return joinRead([{ ...read, claims }, outdated(age, pointer)]);
};

const RESOURCE_ID = /^[A-Za-z0-9.-]{1,64}$/;

/** The claims with the resource that they are of, where it has an id. */
const ofResource = (read: ClaimsRead, id: string | null): ClaimsRead =>
  id === null || !RESOURCE_ID.test(id)
    ? read
    : {
        ...read,
        claims: read.claims.map(({ said, from }) => ({
          said,
          from: { ...from, resource: `QuestionnaireResponse/${id}` },
        })),
      };

/**
 * Reads a response (FHIR R4 QuestionnaireResponse) to the questionnaire of a version: what each of its answers says of a fact, as
 * docs/questionnaire.md tells. It never fails: what cannot be read is unknown, with a remark that tells no answer.
 * @param part  the response as it came, and where
 * @param under the version, and the moment at which the facts are judged
 * @returns a claim for each fact that is answered, for each reading of a series; a fact without an answer has none
 * INVARIANT: no answer that is hidden, bad, too old or not understood makes a fact known, but that a yes which is the worse answer, and a reading, outlast
 * their time.
 */
export const readResponse = (
  { resource, pointer }: Part,
  { body, asOf }: { readonly body: RuleSetBody; readonly asOf: Instant },
): ClaimsRead => {
  if (!isJsonObject(resource)) return remarkOf(pointer, 'unreadable', 'is no resource');
  const refused = whyNot(resource, pointer, body);
  if (refused !== null) return refused;
  const age = ageOf(elementOf(resource, 'authored'), asOf);
  const doubted = doubts(resource, pointer, age);
  const filled = filledForm(withinItems(responseItems(resource, pointer)), { body, asOf });
  const read =
    doubted.length > 0
      ? joinRead([unreadFacts(filled), ...doubted])
      : joinRead([readAnswers(filled, age, { pointer, under: { body, asOf } }), filled.hidden]);
  return ofResource(joinRead([read, filled.strangers]), textOf(resource, 'id'));
};
