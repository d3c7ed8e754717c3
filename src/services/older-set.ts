import { byAge } from '../rules/release/version-number.js';
import { isDraft } from '../rules/rule-set.js';
import type { Ports } from './ports.js';
import type { Rulebook } from './rulebook.js';

const newestRelease = (versions: readonly string[]): string | null =>
  versions
    .filter((version) => !isDraft(version))
    .toSorted(byAge)
    .at(-1) ?? null;

const whyOlder = (set: string, { events }: Rulebook, { rules }: Pick<Ports, 'rules'>): string | null => {
  const loaded = rules.all().filter(({ body }) => body.id === set);
  const registered = events.registrations.filter(({ ruleSet }) => ruleSet === set);
  const newest = newestRelease(loaded.map(({ body }) => body.version));
  const known = newestRelease(registered.map(({ version }) => version));
  if (newest === null || known === null || byAge(known, newest) <= 0) return null;
  return `\`${set}\` is older than the log knows it: its newest release among the rules is ${newest}, and the log has ${known}; put the files of ${known} back, and to go back to ${newest} on purpose use \`rules activate\` then`;
};

/**
 * Why the loaded sets may not be used, in a line that says what to do: the log knows a newer release of one. Only where a key must have signed them: an
 * older set is signed as well as a newer one, so no signature tells that it was put back. Null where they may be used.
 */
export const whyOlderSet = (book: Rulebook, ports: Pick<Ports, 'rules'>): string | null => {
  if (!ports.rules.trust.isKeyed) return null;
  const sets = new Set(ports.rules.all().map(({ body }) => body.id));
  return [...sets].map((set) => whyOlder(set, book, ports)).find((why) => why !== null) ?? null;
};
