import { readVerifierKey, type VerifierKey } from '../log/verifier-key.js';
import type { Ports } from '../services/ports.js';
import { trustIn } from '../services/release-trust.js';
import type { Declined, VersionAsked } from '../services/version-asked.js';
import { CommandError, EXIT, wrongUsage } from './exit-codes.js';
import { loadRules } from './load-rules.js';
import { openSite, whereFree } from './site-log.js';

/** Where the rules and the database of the service are. */
export type Site = { readonly rulesDir: string; readonly dataDir: string };

/** A site to which is written, with the key by which its service takes releases, as it was typed; null where there is none. */
export type WrittenSite = Site & { readonly releaseKey: string | null };

/** @throws CommandError where what was typed is no key */
const readReleaseKey = (text: string | null): VerifierKey | null => {
  const key = text === null ? null : readVerifierKey(text);
  if (text !== null && key === null)
    throw wrongUsage(
      '--release-key (RELEASE_KEY) must be a key as `rules keygen` prints it, <name>+<id>+<base64>',
    );
  return key;
};

/** Reads the name of a version. @throws CommandError where it is not `<set>@<version>` */
export const readVersionName = (name: string): VersionAsked => {
  const [set, version, ...more] = name.split('@');
  if (set === undefined || version === undefined || set === '' || version === '' || more.length > 0)
    throw wrongUsage('name the version as <set>@<version>: see `rules list`');
  return { set, version };
};

const isDeclined = (outcome: object): outcome is Declined => 'faults' in outcome;

/** How a command ends that was asked for what cannot be had. */
export const errorOf = ({ kind, faults }: Declined): CommandError =>
  new CommandError(kind === 'unfit' ? EXIT.usage : EXIT.fault, faults);

/**
 * Writes an event on a rule-set version to the log of a service, whether it runs or not.
 * @throws CommandError where it is declined, or the rules or the database cannot be used
 */
export const writeOnSite = async <T extends { readonly kind: 'approved' | 'activated' }>(
  { rulesDir, dataDir, releaseKey }: WrittenSite,
  write: (ports: Ports) => Promise<T | Declined>,
): Promise<T> => {
  const trust = trustIn(readReleaseKey(releaseKey));
  const ports = openSite(dataDir, loadRules(rulesDir, trust));
  try {
    const outcome = await whereFree(() => write(ports));
    if (!isDeclined(outcome)) return outcome;
    throw errorOf(outcome);
  } finally {
    await ports.log.close();
  }
};
