import { isDraft, type RuleSet } from '../rules/rule-set.js';
import { isAnotherBody } from './activate.js';
import type { AskedFault } from './event-asked.js';
import { whyOlderSet } from './older-set.js';
import type { Ports } from './ports.js';
import type { Rulebook } from './rulebook.js';

/** The version that an event is asked for, by its name. */
export type VersionAsked = { readonly set: string; readonly version: string };

/** Nothing was written: it was asked for in a way that cannot be meant (`unfit`), or what is there stands against it (`refused`). */
export type Declined = { readonly kind: 'unfit' | 'refused'; readonly faults: readonly AskedFault[] };

/** That what is there stands against an event. */
export const refused = (code: string, detail: string): Declined => ({
  kind: 'refused',
  faults: [{ code, detail }],
});

const unknownVersion = ({ set, version }: VersionAsked, { rules }: Pick<Ports, 'rules'>): Declined => {
  const ofSet = rules.all().filter(({ body }) => body.id === set);
  const detail =
    ofSet.length === 0
      ? `there is no rule set \`${set}\``
      : `\`${set}\` has no version ${version}, but ${ofSet.map(({ body }) => body.version).join(', ')}`;
  return { kind: 'unfit', faults: [{ code: 'unknown-version', detail: `${detail}: see \`rules list\`` }] };
};

/** The release that an event is asked for, or why there is none. A draft is none: what someone vouches for must not change afterwards. */
export const releaseAsked = (
  { set, version }: VersionAsked,
  ports: Pick<Ports, 'rules'>,
): { readonly kind: 'found'; readonly release: RuleSet } | Declined => {
  const release = ports.rules.find(set, version);
  // Where releases must be signed no draft is among the rules, and it is still as a draft that it is refused.
  const isHidden = ports.rules.trust.isKeyed && ports.rules.all().some(({ body }) => body.id === set);
  if (isDraft(version) && (release !== null || isHidden))
    return refused(
      'draft-may-change',
      `\`${set}\` ${version} is a draft, which may still change: release it first (\`rules release\`)`,
    );
  return release === null ? unknownVersion({ set, version }, ports) : { kind: 'found', release };
};

/**
 * Why a release may not be used, where the log tells what stands against it: it knows another body by its name, or the rules were put back to an older
 * state. Else null.
 */
export const whyUnusable = (
  { body, sha256 }: RuleSet,
  book: Rulebook,
  ports: Pick<Ports, 'rules'>,
): Declined | null => {
  if (isAnotherBody({ body, sha256 }, book))
    return refused(
      'version-changed',
      `\`${body.id}\` ${body.version} is not what the log knows by this name: its files were changed after it was released`,
    );
  const why = whyOlderSet(book, ports);
  return why === null ? null : refused('older-set', why);
};
