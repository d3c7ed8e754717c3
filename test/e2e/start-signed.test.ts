import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { releaseCommand } from '../../src/cli/rules-release-command.js';
import { canonicalBody, logicFingerprintOf } from '../../src/rules/fingerprint.js';
import { parseRuleSet } from '../../src/rules/parse.js';
import { readJson } from '../../src/values/read-json.js';
import { OTHER_RULES, OTHER_SET } from '../support/other-rules.js';
import { failToStart, startService, type Service } from '../support/service.js';
import { portsBeside } from '../support/service-log.js';
import {
  forgetRelease,
  KEYED,
  OTHER_SIGNER,
  releaseKeyOf,
  rewriteFile,
  signAll,
  signatureIn,
  signedCopyOf,
} from '../support/signed-rules.js';
import { RELEASES } from '../support/shipped-versions.js';
import { copyOf, tempFolder } from '../support/sqlite.js';

/** The rules, the data and the key of a service. */
type Site = Readonly<Record<'RULES_DIR' | 'DATA_DIR', string>> & { readonly RELEASE_KEY?: string };

const siteOf = (rules: string, key: { readonly RELEASE_KEY?: string } = KEYED): Site => ({
  RULES_DIR: rules,
  DATA_DIR: join(tempFolder(), 'data'),
  ...key,
});

const start = async (site: Site): Promise<Service> => {
  const service = await startService({ ...site });
  onTestFinished(service.kill);
  return service;
};

const startOnce = async (site: Site): Promise<void> => {
  expect(await (await start(site)).stop()).toBe(0);
};

/** The lines with which a start ends that must fail. */
const failed = async (site: Site): Promise<readonly string[]> => {
  const { code, stderr } = await failToStart({ ...site });
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^ketamine-screening cannot start: /)]);
  return stderr.trimEnd().split('\n');
};

const screen = async ({ url }: Service, pin: object): Promise<readonly [number, unknown]> => {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ ruleSet: OTHER_SET, facts: {}, ...pin });
  const response = await fetch(`${url}/screen`, { method: 'POST', headers, body });
  return [response.status, await response.json()];
};

const RELEASE = `${OTHER_SET}/releases/1.0.0.json`;

/** Releases the draft of a rules folder with a word that is new, as a version that follows. */
const releaseNext = (rules: string, version: string): void => {
  rewriteFile(join(rules, OTHER_SET, 'rule-set.json'), (text) =>
    text.replace('"title": "', `"title": "${version}: `),
  );
  releaseCommand(rules, { set: OTHER_SET, version, on: '2026-03-02' }, 'text');
};

describe('a start under a key', () => {
  it('screens by releases that the key has signed, beside others or alone', async () => {
    const rules = signedCopyOf();
    const service = await start(siteOf(rules));
    expect(await screen(service, {})).toMatchObject([200, { ruleSet: { version: '1.0.0' } }]);
    expect(await screen(service, { ruleSetVersion: '1.0.0' })).toMatchObject([200, {}]);
  });

  it('loads no draft: a pin to it is refused as one to a version that there is not', async () => {
    const rules = signedCopyOf();
    const keyed = await start(siteOf(rules));
    expect(await screen(keyed, { ruleSetVersion: '1.0.1-draft' })).toMatchObject([
      422,
      { errors: [{ pointer: '/ruleSetVersion', code: 'unknown-rule-set' }] },
    ]);
    const open = await start(siteOf(rules, {}));
    expect(await screen(open, { ruleSetVersion: '1.0.1-draft' })).toMatchObject([200, {}]);
  });

  it('loads no draft of a log either, not even one that was in force', async () => {
    const rules = copyOf(OTHER_RULES);
    rmSync(join(rules, OTHER_SET, 'releases'), { recursive: true });
    const site = siteOf(rules, {});
    await startOnce(site);
    cpSync(join(signedCopyOf(), OTHER_SET, 'releases'), join(rules, OTHER_SET, 'releases'), {
      recursive: true,
    });
    const service = await start({ ...site, ...KEYED });
    expect(await screen(service, {})).toMatchObject([200, { ruleSet: { version: '1.0.0' } }]);
    expect(await screen(service, { ruleSetVersion: '1.0.1-draft' })).toMatchObject([422, {}]);
  });

  it.each<readonly [string, string, (rules: string) => void]>([
    ['is not signed', 'is not there', (rules) => rmSync(signatureIn(rules, OTHER_SET, '1.0.0'))],
    ['another key has signed', 'is signed by `clinic.example`', (rules) => signAll(rules, OTHER_SIGNER)],
    [
      'has a signature that does not hold',
      'does not hold',
      (rules) =>
        rewriteFile(signatureIn(rules, OTHER_SET, '1.0.0'), (text) =>
          text.replace(
            /(\S)(\S{5})\n$/,
            (_, one: string, rest: string) => `${one === 'A' ? 'B' : 'A'}${rest}\n`,
          ),
        ),
    ],
  ])('stops where a release %s, with one line, and touches no data', async (_what, says, damage) => {
    const rules = signedCopyOf();
    damage(rules);
    const site = siteOf(rules);
    const [, ...lines] = await failed(site);
    expect(lines).toEqual([expect.stringContaining(says)]);
    expect(lines[0]).toContain(`${OTHER_SET}/releases/1.0.0.sig`);
    expect(existsSync(site.DATA_DIR)).toBe(false);
  });

  it('stops with a line for each release of each set', async () => {
    const rules = signedCopyOf();
    cpSync('rules/ketamine-pain', join(rules, 'ketamine-pain'), { recursive: true });
    const [, ...lines] = await failed(siteOf(rules));
    expect(lines.map((line) => /([^/]+\/releases\/\S+) : is not there/.exec(line)?.[1])).toEqual(
      RELEASES.map((version) => `ketamine-pain/releases/${version}.sig`),
    );
  });

  it('stops where a set has a draft alone', async () => {
    const rules = copyOf(OTHER_RULES);
    rmSync(join(rules, OTHER_SET, 'releases'), { recursive: true });
    const [, ...lines] = await failed(siteOf(rules));
    expect(lines).toEqual([expect.stringContaining('rule-set.json /version: is a draft, and RELEASE_KEY')]);
  });

  it('stops where the signature is that of another version', async () => {
    const rules = signedCopyOf();
    releaseNext(rules, '1.0.1');
    signAll(rules);
    cpSync(signatureIn(rules, OTHER_SET, '1.0.0'), signatureIn(rules, OTHER_SET, '1.0.1'));
    const [, ...lines] = await failed(siteOf(rules));
    expect(lines).toEqual([expect.stringContaining('1.0.1.sig : is no signature of')]);
    // The very same stops a start without a key.
    expect(await failed(siteOf(rules, {}))).toHaveLength(2);
  });
});

/** Writes a release anew with other words, and its fingerprints into the index: no check but that of the signature can tell. */
const forge = (rules: string, from: string, to: string): void => {
  const file = join(rules, RELEASE);
  const json = readJson(Buffer.from(readFileSync(file, 'utf8').replace(from, to)));
  const parsed = json.ok ? parseRuleSet(json.value) : null;
  if (parsed?.ok !== true) throw new Error('what was forged is no rule set');
  const { body, sha256 } = parsed.value;
  writeFileSync(file, canonicalBody(body));
  rewriteFile(join(rules, OTHER_SET, 'releases/index.json'), (text) =>
    text
      .replace(/("sha256": ")[0-9a-f]{64}/, `$1${sha256}`)
      .replace(/("logicSha256": ")[0-9a-f]{64}/, `$1${logicFingerprintOf(body)}`),
  );
};

describe('a signed release of which one byte was changed', () => {
  const size = readFileSync(join(OTHER_RULES, RELEASE)).length;

  it.each([0, 1, Math.floor(size / 3), Math.floor(size / 2), size - 2, size - 1])(
    'stops the start: byte %i',
    async (place) => {
      const rules = signedCopyOf();
      const file = join(rules, RELEASE);
      const bytes = readFileSync(file);
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      writeFileSync(file, bytes);
      const [, ...lines] = await failed(siteOf(rules));
      expect(lines).toEqual([expect.stringContaining('1.0.0.json : is not what was released')]);
    },
  );

  it.each([
    ['a severity', '"severity":"relative"', '"severity":"precaution"'],
    ['a word', 'made for the tests', 'made for the testz'],
  ])('stops the start where the index was changed with it: %s', async (_what, from, to) => {
    const rules = signedCopyOf();
    forge(rules, from, to);
    const [, ...lines] = await failed(siteOf(rules));
    expect(lines).toEqual([expect.stringContaining('1.0.0.sig : is no signature of')]);
    rmSync(signatureIn(rules, OTHER_SET, '1.0.0'));
    await startOnce(siteOf(rules, {}));
  });
});

describe('an older set that is signed', () => {
  /** A site that has run with 1.0.1, and its rules as they were before that was released. */
  const putBack = async (key: { readonly RELEASE_KEY?: string }): Promise<Site> => {
    const rules = signedCopyOf();
    releaseNext(rules, '1.0.1');
    signAll(rules);
    const older = copyOf(rules);
    forgetRelease(older, OTHER_SET, '1.0.1');
    const site = siteOf(rules, key);
    // 1.0.0 is in force, so that it is the age alone that is asked.
    await startOnce({ ...site, RULES_DIR: older });
    await startOnce(site);
    return { ...site, RULES_DIR: older };
  };

  const eventsIn = async ({ DATA_DIR }: Site): Promise<number> =>
    (await portsBeside(DATA_DIR).log.ruleEventsAfter(-1)).length;

  it('stops the start where the log knows a newer release, and writes nothing', async () => {
    const site = await putBack(KEYED);
    const before = await eventsIn(site);
    const lines = await failed(site);
    expect(lines).toEqual([
      expect.stringMatching(
        /`methotrexate-low-dose` is older than the log knows it: .* is 1\.0\.0, and the log has 1\.0\.1;.*`rules activate`/,
      ),
    ]);
    expect(await eventsIn(site)).toBe(before);
  });

  it('starts where no key is set, and on a new database', async () => {
    const site = await putBack({});
    await startOnce(site);
    await startOnce(siteOf(site.RULES_DIR));
  });

  it('stops the start under a key that another service was not given', async () => {
    const site = await putBack({});
    expect((await failed({ ...site, ...KEYED }))[0]).toContain('is older than the log knows it');
  });
});

describe('a change of the key', () => {
  it('goes by a release that both have signed', async () => {
    const rules = signedCopyOf();
    const site = siteOf(rules);
    const NEW = { RELEASE_KEY: releaseKeyOf(OTHER_SIGNER) };
    await startOnce(site);
    expect(await failed({ ...site, ...NEW })).toHaveLength(2);
    const file = signatureIn(rules, OTHER_SET, '1.0.0');
    const own = readFileSync(file, 'utf8');
    signAll(rules, OTHER_SIGNER);
    writeFileSync(file, [own, readFileSync(file, 'utf8').split('\n\n')[1]].join(''));
    await startOnce(site);
    await startOnce({ ...site, ...NEW });
  });
});
