import type { Instant } from '../../values/instant.js';
import type { RuleSetBody } from '../../rules/rule-set.js';
import type { DataQuality } from '../../screening/intake.js';
import type { Given } from '../fhir/records.js';
import { readFacts } from '../intake/read-facts.js';

/** Facts that can be read under a version, and what was found wrong with those that could not. */
export type SoundGiven = { readonly given: readonly Given[]; readonly remarks: readonly DataQuality[] };

/** A fact that was said, and counts as unknown. */
export const asUnknown = ({ fact, pointer }: Given, reason: 'unreadable' | 'conflicting'): Given => ({
  fact,
  pointer,
  value: { unknown: reason },
});

const soundOf = (one: Given, body: RuleSetBody, asOf: Instant): SoundGiven => {
  // An earlier version may not ask for it at all: then there is nothing to say.
  if (!body.facts.some(({ id }) => id === one.fact)) return { given: [], remarks: [] };
  const { issues } = readFacts({ [one.fact]: one.value }, body, asOf);
  if (issues.length === 0) return { given: [one], remarks: [] };
  return {
    given: [asUnknown(one, 'unreadable')],
    remarks: [
      {
        pointer: one.pointer,
        code: 'unreadable',
        detail: `what the order says of \`${one.fact}\` cannot be read under ${body.id} ${body.version}: it counts as unknown`,
      },
    ],
  };
};

/**
 * What an order says, as far as a version can read it. In a native intake a value that cannot be is a fault of the request; in the record of an EHR it is
 * unknown, and the screening goes on.
 */
export const soundGiven = (
  given: readonly Given[],
  under: { readonly body: RuleSetBody; readonly asOf: Instant },
): SoundGiven => {
  const read = given.map((one) => soundOf(one, under.body, under.asOf));
  return {
    given: read.flatMap((sound) => sound.given),
    remarks: read.flatMap(({ remarks }) => remarks),
  };
};
