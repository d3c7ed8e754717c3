import type { Ports } from '../services/ports.js';
import type { Declined, VersionAsked } from '../services/version-asked.js';
import { CommandError, EXIT, wrongUsage } from './exit-codes.js';
import { loadRules } from './load-rules.js';
import { openSite, whereFree } from './site-log.js';

/** Where the rules and the database of the service are. */
export type Site = { readonly rulesDir: string; readonly dataDir: string };

/** Reads the name of a version. @throws CommandError where it is not `<set>@<version>` */
export const readVersionName = (name: string): VersionAsked => {
  const [set, version, ...more] = name.split('@');
  if (set === undefined || version === undefined || set === '' || version === '' || more.length > 0)
    throw wrongUsage('name the version as <set>@<version>: see `rules list`');
  return { set, version };
};

const isDeclined = (outcome: object): outcome is Declined => 'faults' in outcome;

/**
 * Writes an event on a rule-set version to the log of a service, whether it runs or not.
 * @throws CommandError where it is declined, or the rules or the database cannot be used
 */
export const writeOnSite = async <T extends { readonly kind: 'approved' | 'activated' }>(
  { rulesDir, dataDir }: Site,
  write: (ports: Ports) => Promise<T | Declined>,
): Promise<T> => {
  const ports = openSite(dataDir, loadRules(rulesDir));
  try {
    const outcome = await whereFree(() => write(ports));
    if (!isDeclined(outcome)) return outcome;
    throw new CommandError(outcome.kind === 'unfit' ? EXIT.usage : EXIT.fault, outcome.faults);
  } finally {
    await ports.log.close();
  }
};
